using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ImaNanoBanana.AppHost;

/// <summary>Starts what was added, and tells what became of it.</summary>
internal static class StudioRun
{
    /// <summary>Runs until everything has ended, and prints when the studio answers.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(DistributedApplication app, AppHostSettings settings, bool hasDashboard)
    {
        var running = RunToEndAsync(app);
        var readiness = await WaitAsync(app);
        switch (readiness)
        {
            case Readiness.Ready:
                Console.WriteLine($"The studio is at http://localhost:{settings.Port}. Press Ctrl-C to stop everything.");
                break;
            case Readiness.Failed when hasDashboard:
                Console.Error.WriteLine(
                    "The studio cannot be started. The dashboard shows what the database and the programs have printed.");
                break;
            case Readiness.Failed:
                Console.Error.WriteLine("The studio cannot be started. What the database and the programs have printed says why.");
                app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
                break;
        }

        await running;
        return readiness == Readiness.Failed ? 1 : 0;
    }

    private static async Task RunToEndAsync(DistributedApplication app)
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

    /// <summary>Waits until the studio answers, or something has ended without a signal.</summary>
    private static async Task<Readiness> WaitAsync(DistributedApplication app)
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
