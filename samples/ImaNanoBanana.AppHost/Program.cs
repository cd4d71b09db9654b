// Starts the web sample, the worker, their database and the simulator: dotnet run --project samples/ImaNanoBanana.AppHost
using System.Reflection;
using ImaNanoBanana.AppHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

// The launch profile gives the dashboard its address. Without it, what the programs print is printed here.
var hasDashboard = !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("ASPNETCORE_URLS"));
var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
{
    Args = args,
    AllowUnsecuredTransport = true,
    DisableDashboard = !hasDashboard,
    EnableResourceLogging = !hasDashboard,
});

// In each environment: the generated password of the container must be found again. The environment and the arguments come first.
builder.Configuration.AddUserSecrets(Assembly.GetExecutingAssembly(), optional: true).AddEnvironmentVariables().AddCommandLine(args);

// The dashboard shows the health. Here, a check that was interrupted at the end would be printed as an error.
builder.Services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
AppHostSettings settings;
try
{
    settings = await Setup.AddAsync(builder, hasDashboard, CancellationToken.None);
}
catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

await using var app = builder.Build();
return await StudioRun.RunAsync(app, settings, hasDashboard);
