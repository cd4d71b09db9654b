namespace ImaNanoBanana.Tests.DependencyInjection.Tenants;

/// <summary>A key that the app passes with a client is used for the tenant until it passes another one.</summary>
public class TenantPassedKeyTests
{
    private static readonly ImageRequest Request = new("a puppy");
    private static readonly ImageTask Known = new("task_sim_000001");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_that_the_app_passes_is_used_from_then_on()
    {
        using var app = new TenantApp();
        var client = app.Factory.CreateClient("tenant-a", " ima_key_passed ");
        await client.SubmitAsync(Request, Token);
        app.Factory.CreateClient("tenant-a", "ima_key_passed_next");
        await client.GetStatusAsync(Known, Token);
        await app.Client("tenant-a").GetStatusAsync(Known, Token);

        Assert.Equal(["ima_key_passed", "ima_key_passed_next", "ima_key_passed_next"], app.Wire.Requests.Skip(1).Select(sent => sent.Key));
        Assert.Empty(app.Reads);
    }

    /// <summary>Whatever created the tenant: its journal, its budget, a client without a key or one with an earlier key.</summary>
    [Theory]
    [InlineData("journal")]
    [InlineData("budget")]
    [InlineData("client")]
    [InlineData("earlier")]
    public async Task Key_that_the_app_passed_last_is_used_whatever_was_used_first(string first)
    {
        using var app = new TenantApp();
        var client = app.Factory.CreateClient("tenant-a", "ima_key_passed");
        var last = app.Factory.CreateClient("tenant-a", "ima_key_passed_last");
        await (first switch
        {
            "journal" => app.Factory.GetJournal("tenant-a").FindAsync("order-1", Token),
            "budget" => app.Factory.GetBudgetUsageAsync("tenant-a", Token).AsTask(),
            "client" => app.Client("tenant-a").ListModelsAsync(null, Token),
            _ => (Task)client.ListModelsAsync(null, Token),
        });

        await client.SubmitAsync(Request, Token);
        await last.SubmitAsync(Request, Token);
        await app.Client("tenant-a").SubmitAsync(Request, Token);

        Assert.Equal(["ima_key_passed_last"], app.Wire.Requests.Select(sent => sent.Key).Distinct());
        Assert.Empty(app.Reads);
    }

    /// <summary>A client with an earlier key is the first to be used after the tenant was dropped.</summary>
    [Fact]
    public async Task Key_that_the_app_passed_last_is_used_after_the_tenant_was_idle()
    {
        using var app = new TenantApp(configure: options => options.IdleTimeout = TimeSpan.FromMinutes(1));
        var client = app.Factory.CreateClient("tenant-a", "ima_key_passed");
        var last = app.Factory.CreateClient("tenant-a", "ima_key_passed_last");
        await last.ListModelsAsync(null, Token);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var kept = app.Kept;

        await client.ListModelsAsync(null, Token);
        await last.ListModelsAsync(null, Token);

        Assert.Equal(0, kept);
        Assert.Equal(["ima_key_passed_last"], app.Wire.Requests.Select(sent => sent.Key).Distinct());
    }

    /// <summary>The service rejected the key that was passed. It is not used again with each call.</summary>
    [Fact]
    public async Task Rejected_key_that_the_app_passed_stays_rejected()
    {
        using var app = new TenantApp();
        var client = app.Factory.CreateClient("tenant-a", "ima_key_passed");
        app.Wire.Rejected["ima_key_passed"] = 401;
        await Assert.ThrowsAsync<ImaException>(() => client.ListModelsAsync(null, Token));

        await client.SubmitAsync(Request, Token);

        Assert.Equal(["ima_key_passed", "ima_key_of_a"], app.Wire.Requests.Select(sent => sent.Key).Distinct());
    }
}
