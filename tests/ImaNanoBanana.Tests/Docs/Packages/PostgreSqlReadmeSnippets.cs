using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.Docs.Packages;

/// <summary>The C# of src/ImaNanoBanana.PostgreSql/README.md, compiled and run as far as that is possible without a server.</summary>
[SuppressMessage("Usage", "xUnit1051", Justification = "Shown as an app would write it.")]
public sealed class PostgreSqlReadmeSnippets
{
    [Fact]
    public async Task Registration()
    {
        using var simulator = new ImaSimulator();
        var services = new ServiceCollection();
        services.AddImaNanoBanana().UseSimulator(simulator);
        // >>>
        services.AddImaNanoBanana()
            .AddPostgreSql("Host=db;Username=images;Password=...;Database=studio")
            .AddCreditBudget(500, TimeSpan.FromDays(1));
        // <<<
        await using var provider = services.BuildServiceProvider();

        Assert.IsType<PostgreSqlCreditLedger>(provider.GetRequiredService<ICreditLedger>());
        Assert.IsType<PostgreSqlRequestGate>(provider.GetRequiredService<IRequestGate>());
        Assert.Equal(500, provider.GetRequiredService<CreditBudget>().Limit);
    }
}
