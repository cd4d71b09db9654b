// A chat bot that generates images. Start it with dotnet run, and write what the image should show.
using ImaChatBot;
using ImaChatBot.Answers;
using ImaChatBot.Chat;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

var builder = Host.CreateApplicationBuilder(args);

// Standard output belongs to the chat.
builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
if (ImaSetup.AddIma(builder) is { } notice)
{
    await Console.Error.WriteLineAsync(notice);
}

// Register the chat of your own platform here.
builder.Services.AddSingleton<IChat, ConsoleChat>();
builder.Services.AddSingleton<ImageAnswers>();
builder.Services.AddHostedService<BotService>();
try
{
    using var host = builder.Build();
    await host.RunAsync();
    return 0;
}
catch (OptionsValidationException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
