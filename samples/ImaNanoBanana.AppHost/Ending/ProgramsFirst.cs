using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ImaNanoBanana.AppHost.Ending;

/// <summary>
/// Stops the studio and the worker before the database and the simulator. What they have begun is then stored: a create request that is
/// under way is recorded, and its task continues at the next start.
/// </summary>
internal sealed class ProgramsFirst(IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        // Not in the constructor: the commands need services that exist only after it.
        var commands = services.GetRequiredService<ResourceCommandService>();
        var model = services.GetRequiredService<DistributedApplicationModel>();
        return Task.WhenAll(model.Resources
            .Where(resource => resource.Name is StudioApp.Studio or StudioApp.Worker)
            .Select(resource => commands.ExecuteCommandAsync(resource, KnownResourceCommands.StopCommand, cancellationToken)));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
