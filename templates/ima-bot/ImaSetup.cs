using ImaNanoBanana.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ImaChatBot;

/// <summary>Registers the client: with your API key, or with a simulator that draws placeholder images and spends no credits.</summary>
internal static class ImaSetup
{
    /// <summary>The most credits that the bot spends in a period for all its users. An image costs 4 to 18 credits.</summary>
    private const decimal MaxCredits = 200;

    private static readonly TimeSpan Period = TimeSpan.FromDays(1);

    /// <summary>How long the built-in simulator takes for an image.</summary>
    private static readonly TimeSpan SimulatedTime = TimeSpan.FromSeconds(3);

    /// <returns>A sentence for the operator if a simulator replaces the service; otherwise null.</returns>
    public static string? AddIma(IHostApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("ImaNanoBanana");
        var client = builder.Services.AddImaNanoBanana(section).AddCreditBudget(MaxCredits, Period);
        if (Uri.TryCreate(builder.Configuration["IMA_SIMULATOR"], UriKind.Absolute, out var address))
        {
            client.UseSimulator(address).AddFileJournal(JournalFolder("simulated"));
            return $"The bot uses the simulator at {address}. It draws placeholder images and spends no credits.";
        }

        var key = section[nameof(ImaNanoBananaOptions.ApiKey)] ?? builder.Configuration["IMA_API_KEY"];
        if (string.IsNullOrWhiteSpace(key))
        {
            // Its tasks end with the process, so there is nothing to record.
            client.UseSimulator(new ImaSimulator { ProcessingTime = SimulatedTime });
            return "IMA_API_KEY is not set: the bot uses the built-in simulator. It draws placeholder images and spends no credits. "
                + "Its images end with the program; only with a key, the next process delivers what was not delivered.";
        }

        client.AddFileJournal(JournalFolder("journal"));
        return null;
    }

    /// <summary>The journal must outlive the process. In a container, choose a folder on a mounted volume.</summary>
    private static string JournalFolder(string name) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
        "ImaChatBot",
        name);
}
