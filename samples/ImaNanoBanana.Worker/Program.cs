// Generates images from a queue in PostgreSQL, with any number of workers: see README.md and docs/scale.md.
using ImaNanoBanana.Testing;
using ImaNanoBanana.Worker;
using ImaNanoBanana.Worker.Commands;
using ImaNanoBanana.Worker.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

const string Usage = """
    Usage: dotnet run --project samples/ImaNanoBanana.Worker -- COMMAND
      run             takes jobs until it is stopped
      enqueue FILE    stores a job for each line of JSON; - reads standard input
      status          prints the number of jobs in each state, and why jobs are parked
      retry KEY       starts a parked or failed job again
      health          says whether the database can be reached, the clock is right and a worker is alive
    The environment variable ConnectionStrings__Images names the PostgreSQL database, and IMA_API_KEY has the API key of the workers.
    """;
if (args is not (["run"] or ["enqueue", _] or ["status"] or ["retry", _] or ["health"]))
{
    Console.Error.WriteLine(Usage);
    return ExitCode.Usage;
}

try
{
    using var host = WorkerHost.Create(takesJobs: args[0] == "run");
    if (args[0] != "health")
    {
        await host.Services.GetRequiredService<JobTable>().CreateAsync(CancellationToken.None);
    }

    switch (args[0])
    {
        case "enqueue":
            return await Create<EnqueueCommand>(host).RunAsync(args[1], CancellationToken.None);
        case "status":
            return await Create<StatusCommand>(host).RunAsync(CancellationToken.None);
        case "retry":
            return await Create<RetryCommand>(host).RunAsync(args[1], CancellationToken.None);
        case "health":
            return await Create<HealthCommand>(host).RunAsync(CancellationToken.None);
        default:
            if (await host.Services.GetRequiredService<ClockCheck>().FindProblemAsync(CancellationToken.None) is { } problem)
            {
                Console.Error.WriteLine(problem);
                return ExitCode.Unhealthy;
            }

            if (host.Services.GetService<ImaSimulator>() is not null)
            {
                Console.Error.WriteLine(
                    "IMA_API_KEY is not set: this worker uses the built-in simulator. It draws placeholder images and spends no credits.");
            }

            await host.RunAsync();
            return ExitCode.Done;
    }
}
catch (Exception exception) when (exception is InvalidOperationException or IOException or NpgsqlException or OptionsValidationException)
{
    Console.Error.WriteLine(exception.Message);
    return ExitCode.Unhealthy;
}

static T Create<T>(IHost host) => ActivatorUtilities.CreateInstance<T>(host.Services);
