using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ImaNanoBanana.AppHost;

/// <summary>Starts what was added, and tells what became of it.</summary>
internal static class StudioRun
{
    /// <summary>Starts everything, and ends when everything has ended.</summary>
    public static async Task RunAsync(DistributedApplication app)
    {
        var stopping = Stopping(app);
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It was stopped while it was starting.
        }
    }

    /// <summary>Waits until the studio answers, or something has ended without being told to.</summary>
    public static async Task<Readiness> WaitAsync(DistributedApplication app)
    {
        var stopping = Stopping(app);
        using var decided = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var notifications = app.ResourceNotifications;
        var isHealthy = notifications.WaitForResourceHealthyAsync(StudioApp.Studio, WaitBehavior.StopOnResourceUnavailable, decided.Token);
        var ends = app.Services.GetRequiredService<DistributedApplicationModel>().Resources
            .Where(resource => resource is ProjectResource or ExecutableResource or ContainerResource)
            .Select(resource => notifications.WaitForResourceAsync(resource.Name, KnownResourceStates.TerminalStates, decided.Token));
        var first = await Task.WhenAny([isHealthy, .. ends]);
        await decided.CancelAsync();
        if (stopping.IsCancellationRequested)
        {
            return Readiness.Stopped;
        }

        return first == isHealthy && isHealthy.IsCompletedSuccessfully ? Readiness.Ready : Readiness.Failed;
    }

    private static CancellationToken Stopping(DistributedApplication app) =>
        app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
}
