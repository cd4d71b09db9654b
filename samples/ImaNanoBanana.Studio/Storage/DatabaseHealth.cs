using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ImaNanoBanana.Studio.Storage;

/// <summary>Healthy if the database answers. The service is not asked, because that would take part of its rate limit.</summary>
internal sealed class DatabaseHealth(StudioDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.GetTimeAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (DbException exception)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", exception);
        }
    }
}
