using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ImaNanoBanana.DependencyInjection.Health;

/// <summary>
/// Checks one client: reads the product list with its key, and uses its journal without adding an entry. Spends nothing. Probes that
/// come at the same time, or soon after each other, share one check. Thread-safe.
/// </summary>
/// <param name="provider">The app's services.</param>
/// <param name="clientName">The key of a keyed client; empty for the unnamed client.</param>
/// <param name="limit">How long the check may take.</param>
internal sealed class ImaHealthCheck(IServiceProvider provider, string clientName, TimeSpan limit) : IHealthCheck
{
    /// <summary>60 s: how long a good result is used.</summary>
    public static readonly TimeSpan GoodLifetime = TimeSpan.FromSeconds(60);

    /// <summary>10 s: how long a bad result is used.</summary>
    public static readonly TimeSpan BadLifetime = TimeSpan.FromSeconds(10);

    /// <summary>No entry has this key together with a new claim id, so nothing is removed.</summary>
    private const string UnusedKey = "health-check";

    private readonly TimeProvider _time = ImaServiceCollectionExtensions.Clock(provider);
    private readonly object _gate = new();
    private Task<HealthFindings>? _check;
    private long _checkedAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var findings = await GetAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var status = findings.IsHealthy ? HealthStatus.Healthy : context.Registration.FailureStatus;
        return new HealthCheckResult(status, findings.Description, exception: null, findings.Data);
    }

    private Task<HealthFindings> GetAsync()
    {
        lock (_gate)
        {
            if (_check is null || (_check.IsCompleted && IsOld(_check)))
            {
                _check = CheckAsync();
            }

            return _check;
        }
    }

    private bool IsOld(Task<HealthFindings> check)
    {
        var lifetime = check.IsCompletedSuccessfully && check.Result.IsHealthy ? GoodLifetime : BadLifetime;
        return _time.GetElapsedTime(Volatile.Read(ref _checkedAt)) >= lifetime;
    }

    private async Task<HealthFindings> CheckAsync()
    {
        IReadOnlyList<ImageModel> missing = [];
        var service = FailureAsync(
            async token => missing = await ReadListAsync(token).ConfigureAwait(false), "The product list was not read");
        var journal = FailureAsync(UseJournalAsync, "The journal did not respond");
        var findings = HealthFindings.Create(
            await service.ConfigureAwait(false), await journal.ConfigureAwait(false), missing);
        Volatile.Write(ref _checkedAt, _time.GetTimestamp());
        return findings;
    }

    /// <summary>Runs in the background, because a journal or a handler of the app may block.</summary>
    /// <returns>Why the work failed; null if it did not.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Any failure, also of the app's own code, is a finding.")]
    private async Task<Exception?> FailureAsync(Func<CancellationToken, Task> work, string overdue)
    {
        try
        {
            await Deadline.RunAsync(
                limit,
                _time,
                deadline =>
                {
                    var token = deadline.Token;
                    return Task.Run(
                        async () =>
                        {
                            await work(token).ConfigureAwait(false);
                            return true;
                        },
                        CancellationToken.None);
                },
                _ => $"{overdue} within {limit.TotalSeconds:0} s.",
                CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    /// <summary>Reads the list from the service: a list that the client keeps says nothing about the key.</summary>
    /// <returns>The models that the app added and the list does not offer for either task type.</returns>
    private async Task<IReadOnlyList<ImageModel>> ReadListAsync(CancellationToken cancellationToken)
    {
        var client = Service<IImaImageClient>();
        if (client is not ImaImageClient own)
        {
            await client.ListModelsAsync(ImageTaskType.TextToImage, cancellationToken).ConfigureAwait(false);
            return [];
        }

        var models = await own.Planner.ListModelsAsync(ImageTaskType.TextToImage, refresh: true, cancellationToken).ConfigureAwait(false);
        var missing = own.Planner.Scope.Additional.Except(models.Select(static model => model.Model)).ToList();
        if (missing.Count > 0)
        {
            // A model may be offered for images only.
            models = await own.Planner.ListModelsAsync(ImageTaskType.ImageToImage, refresh: false, cancellationToken).ConfigureAwait(false);
        }

        return [.. missing.Except(models.Select(static model => model.Model))];
    }

    /// <summary>
    /// The journal in a folder writes and removes a file to read its time. A database executes a statement that changes data.
    /// </summary>
    private async Task UseJournalAsync(CancellationToken cancellationToken)
    {
        var journal = Service<ITaskJournal>();
        await journal.GetTimeAsync(cancellationToken).ConfigureAwait(false);
        var entry = new TaskJournalEntry(UnusedKey, "") { ClaimId = Guid.NewGuid().ToString("N") };
        await journal.RemoveAsync(entry, cancellationToken).ConfigureAwait(false);
    }

    private T Service<T>()
        where T : notnull =>
        clientName.Length == 0 ? provider.GetRequiredService<T>() : provider.GetRequiredKeyedService<T>(clientName);
}
