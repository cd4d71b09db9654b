using ImaNanoBanana.PostgreSql.Tests.Database;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace ImaNanoBanana.PostgreSql.Tests.Journal;

public class JournalHealthTests(PostgresServer server) : DatabaseTests(server)
{
    [Fact]
    public async Task Health_check_writes_to_the_database_and_leaves_nothing_behind()
    {
        var entry = await CheckAsync(Source);

        Assert.Equal((HealthStatus.Healthy, "writable"), (entry.Status, entry.Data["journal"]));
        Assert.Equal(0L, await ScalarAsync<long>("select count(*) from ima_nano_banana.submissions"));
    }

    [Fact]
    public async Task Health_check_finds_a_database_that_is_read_only()
    {
        await CheckAsync(Source);
        await using var replica = NpgsqlDataSource.Create(ConnectionString + ";Options=-c default_transaction_read_only=on");

        var entry = await CheckAsync(replica);

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Contains("read-only", (string)entry.Data["journal"], StringComparison.Ordinal);
    }

    private static async Task<HealthReportEntry> CheckAsync(NpgsqlDataSource source)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddImaNanoBanana().UseSimulator().AddPostgreSqlJournal(source);
        services.AddHealthChecks().AddImaNanoBanana();
        await using var provider = services.BuildServiceProvider();
        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
        return report.Entries.Single().Value;
    }
}
