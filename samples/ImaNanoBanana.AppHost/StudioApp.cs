using System.Globalization;
using ImaNanoBanana.AppHost.Databases;
using ImaNanoBanana.AppHost.Ending;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.AppHost;

/// <summary>The programs, and what each of them is given.</summary>
internal static class StudioApp
{
    public const string Studio = "studio";
    public const string Worker = "worker";

    private const string Simulator = "simulator";
    private const string ConnectionName = "Images";
    private const string EnvironmentVariable = "DOTNET_ENVIRONMENT";

    /// <summary>The variables from which the programs take a key. Both are always set: those of this program would be inherited.</summary>
    private static readonly string[] KeyVariables = ["IMA_API_KEY", "ImaNanoBanana__ApiKey"];

    /// <summary>The orchestrator kills a program that has not ended 12 s after the signal.</summary>
    private static readonly TimeSpan WorkerStopTimeout = TimeSpan.FromSeconds(8);

    private static readonly string[] TelemetryVariables =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_PROTOCOL"];

    public static void Add(
        IDistributedApplicationBuilder builder, AppHostSettings settings, ImageSource source, ImagesDatabase database)
    {
        var studio = builder.AddProject<Projects.ImaNanoBanana_Studio>(Studio)
            .WithHttpEndpoint(port: settings.Port)
            .WithHttpHealthCheck("/health")
            .WithReplicas(settings.Studios);
        var worker = builder.AddProject<Projects.ImaNanoBanana_Worker>(Worker)
            .WithArgs("run")
            .WithEnvironment("Worker__Folder", database.Folder.Images(source))
            .WithEnvironment("Worker__StopTimeout", WorkerStopTimeout.ToString("c", CultureInfo.InvariantCulture))
            .WithReplicas(settings.Workers);
        AddSource(builder, settings, source, studio, worker);
        foreach (var program in new[] { studio, worker })
        {
            program.WithReference(database.Resource, ConnectionName)
                .WaitFor(database.Resource, WaitBehavior.StopOnResourceUnavailable)
                .WithEnvironment(EnvironmentVariable, builder.Environment.EnvironmentName);
        }

        builder.Services.AddHostedService<ProgramsFirst>();
    }

    /// <summary>
    /// Without a dashboard, no one receives the traces and metrics of the programs. A program that ends would try for 10 s to send its
    /// last ones.
    /// </summary>
    public static void RemoveTelemetry(IDistributedApplicationBuilder builder)
    {
        foreach (var program in builder.Resources.OfType<ProjectResource>())
        {
            builder.CreateResourceBuilder(program).WithEnvironment(context =>
            {
                foreach (var name in TelemetryVariables)
                {
                    context.EnvironmentVariables.Remove(name);
                }
            });
        }
    }

    /// <summary>Exactly one of both: the address of the simulator, or the key.</summary>
    private static void AddSource(
        IDistributedApplicationBuilder builder,
        AppHostSettings settings,
        ImageSource source,
        IResourceBuilder<ProjectResource> studio,
        IResourceBuilder<ProjectResource> worker)
    {
        IResourceBuilder<ProjectResource>[] programs = [studio, worker];
        if (source.IsReal)
        {
            var key = builder.AddParameter(ImageSource.KeyParameter, secret: true);
            SetKey(programs, (program, variable) => program.WithEnvironment(variable, key));
            return;
        }

        var simulator = builder.AddProject<Projects.ImaNanoBanana_Simulator>(Simulator).WithHttpEndpoint(port: settings.SimulatorPort);
        var endpoint = simulator.GetEndpoint("http");
        simulator.WithArgs(context => context.Args.Add(endpoint.Property(EndpointProperty.TargetPort)))
            .WithHttpHealthCheck("/simulator/settings");
        studio.WithEnvironment("Studio__Simulator", endpoint).WaitFor(simulator, WaitBehavior.StopOnResourceUnavailable);
        worker.WithEnvironment("Worker__Simulator", endpoint).WaitFor(simulator, WaitBehavior.StopOnResourceUnavailable);
        SetKey(programs, (program, variable) => program.WithEnvironment(variable, ""));
    }

    private static void SetKey(
        IEnumerable<IResourceBuilder<ProjectResource>> programs, Action<IResourceBuilder<ProjectResource>, string> set)
    {
        foreach (var program in programs)
        {
            foreach (var variable in KeyVariables)
            {
                set(program, variable);
            }
        }
    }
}
