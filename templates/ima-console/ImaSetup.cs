using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ImaConsoleApp;

/// <summary>Registers the client: with your API key, or with a simulator that draws placeholder images and spends no credits.</summary>
internal static class ImaSetup
{
    /// <summary>The most credits that this program spends in a period, over all its runs. An image costs 4 to 18 credits.</summary>
    private const decimal MaxCredits = 100;

    private static readonly TimeSpan Period = TimeSpan.FromDays(1);

    /// <summary>How long the built-in simulator takes for an image.</summary>
    private static readonly TimeSpan SimulatedTime = TimeSpan.FromSeconds(3);

    /// <returns>A sentence for the user if a simulator replaces the service; otherwise null.</returns>
    public static string? AddIma(IServiceCollection services)
    {
        var client = services.AddImaNanoBanana().AddCreditBudget(MaxCredits, Period);
        if (Uri.TryCreate(Environment.GetEnvironmentVariable("IMA_SIMULATOR"), UriKind.Absolute, out var address))
        {
            client.UseSimulator(address).AddFileJournal(JournalFolder("simulated"));
            return $"This run uses the simulator at {address}. It draws placeholder images and spends no credits.";
        }

        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("IMA_API_KEY")))
        {
            // Its tasks end with the process, so there is nothing to record.
            client.UseSimulator(new ImaSimulator { ProcessingTime = SimulatedTime });
            return "IMA_API_KEY is not set: this run uses the built-in simulator. It draws placeholder images and spends no credits. "
                + "Its images end with the program; only with a key, the next run continues what was not saved.";
        }

        client.AddFileJournal(JournalFolder("journal"));
        return null;
    }

    /// <summary>The journal must outlive the program. In a container, choose a folder on a mounted volume.</summary>
    private static string JournalFolder(string name) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
        "ImaConsoleApp",
        name);
}
