// Starts the web sample, the worker, their database and the simulator: dotnet run --project samples/ImaNanoBanana.AppHost
using System.Reflection;
using ImaNanoBanana.AppHost;
using ImaNanoBanana.AppHost.Databases;
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

var settings = AppHostSettings.Read(builder.Configuration, Environment.IsPrivilegedProcess);
var folder = DataFolder.Open(settings.Folder);
var machine = await Machine.ReadAsync(folder, CancellationToken.None);
var database = DatabaseChoice.From(machine, settings.UseContainers);
if (database.Problem is { } problem)
{
    Console.Error.WriteLine(problem);
    return 1;
}

var source = ImageSource.From(builder.Configuration[ImageSource.KeySetting]);
folder.Remember(database.Kind);
var images = await ImagesDatabase.AddAsync(builder, folder, source, database, CancellationToken.None);
StudioApp.Add(builder, settings, source, images);
if (!hasDashboard)
{
    StudioApp.RemoveTelemetry(builder);
}

Console.WriteLine(source.Notice);
Console.WriteLine($"The studio will be at http://localhost:{settings.Port}. Press Ctrl-C to stop everything.");
await using var app = builder.Build();
await app.RunAsync();
return 0;
