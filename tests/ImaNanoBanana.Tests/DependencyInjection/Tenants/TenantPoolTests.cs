using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Tests.DependencyInjection.Tenants;

/// <summary>Which clients are kept, and that dropping one loses nothing.</summary>
public class TenantPoolTests
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(20);
    private static readonly ImageRequest Request = new("a puppy");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Idle_tenant_is_dropped_and_its_client_continues_to_work()
    {
        using var app = new TenantApp();
        var client = app.Client("tenant-a");
        var task = await client.SubmitAsync(Request, Token);
        app.Time.Advance(IdleTimeout - TimeSpan.FromTicks(1));
        var kept = app.Kept;
        app.Time.Advance(TimeSpan.FromTicks(1));
        var dropped = app.Kept;

        Assert.Equal((1, 0), (kept, dropped));
        Assert.Equal(0, app.Time.PendingTimers);
        Assert.Single((await client.WaitForCompletionAsync(task, Token)).Images);
        Assert.Equal(1, app.Kept);
    }

    [Fact]
    public async Task Each_call_starts_the_idle_time_again()
    {
        using var app = new TenantApp();
        await app.Client("tenant-a").ListModelsAsync(null, Token);
        await app.Client("tenant-b").ListModelsAsync(null, Token);
        app.Time.Advance(IdleTimeout / 2);
        await app.Client("tenant-a").ListModelsAsync(null, Token);
        app.Time.Advance(IdleTimeout / 2);
        var kept = app.Kept;
        app.Time.Advance(IdleTimeout / 2);

        Assert.Equal((1, 0), (kept, app.Kept));
    }

    /// <summary>The poll takes three idle times, and another tenant needs the place.</summary>
    [Fact]
    public async Task Running_call_keeps_its_client_until_it_ends()
    {
        var answer = new TaskCompletionSource();
        var created = new List<string>();
        using var app = new TenantApp(
            builder => builder.ConfigureOptions((tenantId, options) =>
            {
                created.Add(tenantId);
                options.PollTimeout = TimeSpan.FromHours(1);
            }),
            options => (options.MaxClients, options.SettingsLifetime) = (1, TimeSpan.FromDays(1)));
        var task = await app.Client("tenant-a").SubmitAsync(Request, Token);
        app.Wire.Before = request => request.RequestUri!.AbsolutePath.EndsWith("/detail", StringComparison.Ordinal)
            ? answer.Task
            : Task.CompletedTask;

        var waiting = app.Client("tenant-a").GetStatusAsync(task, Token);
        await app.Time.WaitForTimerAsync(TimeSpan.FromHours(1), Token);
        app.Time.Advance(IdleTimeout);
        app.Time.Advance(IdleTimeout);
        await app.Client("tenant-b").ListModelsAsync(null, Token);
        answer.SetResult();

        Assert.Equal(ImageStage.Completed, (await waiting).Stage);
        await app.Client("tenant-a").GetStatusAsync(task, Token);
        Assert.Equal(["tenant-a", "tenant-b"], created);
        Assert.Equal(1, app.Kept);
    }

    [Fact]
    public async Task Stream_keeps_its_client_until_it_is_left()
    {
        var created = new List<string>();
        using var app = new TenantApp(
            builder => builder.ConfigureOptions((tenantId, _) => created.Add(tenantId)), options => options.MaxClients = 1);
        app.Simulator.ProcessingTime = TimeSpan.FromHours(1);
        var task = await app.Client("tenant-a").SubmitAsync(Request, Token);
        await using (var watch = app.Client("tenant-a").WatchAsync(task, Token).GetAsyncEnumerator(Token))
        {
            Assert.True(await watch.MoveNextAsync());
            await app.Client("tenant-b").ListModelsAsync(null, Token);
            await app.Client("tenant-a").GetStatusAsync(task, Token);
        }

        await app.Client("tenant-b").ListModelsAsync(null, Token);
        await app.Client("tenant-a").GetStatusAsync(task, Token);

        Assert.Equal(["tenant-a", "tenant-b", "tenant-b", "tenant-a"], created);
    }

    /// <summary>Without a journal of the app, only this process knows the key: it must not be submitted again.</summary>
    [Fact]
    public async Task Tenant_with_an_idempotency_key_in_memory_is_kept_for_as_long_as_the_key()
    {
        using var app = new TenantApp(configure: options => options.MaxClients = 1);
        var request = Request with { IdempotencyKey = "order-1" };
        var task = await app.Client("tenant-a").SubmitAsync(request, Token);
        await app.Client("tenant-a").WaitForCompletionAsync(task, Token);
        app.Time.Advance(TimeSpan.FromHours(23));
        await app.Client("tenant-b").ListModelsAsync(null, Token);

        var again = await app.Client("tenant-a").SubmitAsync(request, Token);
        app.Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(task.Id, again.Id);
        Assert.Single(app.Simulator.Charges);
        Assert.Equal(0, app.Kept);
    }

    /// <summary>A budget in memory must not start again at zero because its tenant was idle.</summary>
    [Fact]
    public async Task Tenant_with_a_spent_budget_in_memory_is_kept_for_the_period()
    {
        using var app = new TenantApp(builder => builder.AddCreditBudget(6, TimeSpan.FromHours(5)));
        await app.Client("tenant-a").SubmitAsync(Request, Token);
        app.Time.Advance(TimeSpan.FromHours(4));

        var refused = await Assert.ThrowsAsync<ImaException>(() => app.Client("tenant-a").SubmitAsync(Request, Token));
        app.Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(ImaErrorKind.BudgetExceeded, refused.Kind);
        Assert.Equal(0, app.Kept);
        await app.Client("tenant-a").SubmitAsync(Request, Token);
    }

    [Fact]
    public async Task Budget_of_a_dropped_tenant_counts_its_journal()
    {
        using var folder = new TestFolder();
        using var app = new TenantApp(builder => builder.AddFileJournal(folder.Path).AddCreditBudget(6));
        await app.Client("tenant-a").SubmitAsync(Request, Token);
        app.Time.Advance(IdleTimeout);
        var kept = app.Kept;

        var refused = await Assert.ThrowsAsync<ImaException>(() => app.Client("tenant-a").SubmitAsync(Request, Token));

        Assert.Equal((0, ImaErrorKind.BudgetExceeded), (kept, refused.Kind));
        Assert.Single(app.Simulator.Charges);
    }

    /// <summary>The caller is gone, but the response to the create request is still due and has to be recorded.</summary>
    [Fact]
    public async Task Tenant_is_kept_until_a_late_response_is_recorded()
    {
        var answer = new TaskCompletionSource();
        using var folder = new TestFolder();
        using var app = new TenantApp(
            builder => builder.AddFileJournal(folder.Path).ConfigureOptions((_, options) =>
                (options.CancellationGrace, options.CreateTimeout) = (TimeSpan.Zero, TimeSpan.FromHours(1))));
        var arrived = new TaskCompletionSource();
        app.Wire.Before = request =>
        {
            if (!request.RequestUri!.AbsolutePath.EndsWith("/create", StringComparison.Ordinal))
            {
                return Task.CompletedTask;
            }

            arrived.SetResult();
            return answer.Task;
        };
        using var source = new CancellationTokenSource();
        var call = app.Client("tenant-a").SubmitAsync(Request with { IdempotencyKey = "order-1" }, source.Token);
        await arrived.Task.WaitAsync(Token);
        await source.CancelAsync();
        await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => call);
        app.Time.Advance(IdleTimeout);
        var kept = app.Kept;

        answer.SetResult();

        // It may still be waiting for the record of the first one.
        var repeated = app.Client("tenant-a").SubmitAsync(Request with { IdempotencyKey = "order-1" }, Token);
        await app.Time.RunAsync(repeated, TimeSpan.FromSeconds(14), Token);
        var again = await repeated;

        Assert.Equal((1, "task_sim_000001"), (kept, again.Id));
        Assert.Single(app.Simulator.Charges);
    }

    [Fact]
    public async Task Ten_thousand_tenants_take_no_more_memory_than_the_limit()
    {
        using var app = new TenantApp(
            configure: options => options.MaxClients = 100,
            getApiKey: (tenantId, _) => ValueTask.FromResult<string?>("ima_key_of_" + tenantId));
        var task = await app.Client("tenant-a").SubmitAsync(Request, Token);
        var most = 0;
        await CallAsync(0, 1000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await CallAsync(1000, 10_000);

        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(100, most);
        Assert.Equal(10_000, app.Reads.Count - 1);

        // A kept tenant has about 10 KB; 9,000 of them would have 90 MB.
        Assert.InRange(growth, long.MinValue, 10_000_000);

        async Task CallAsync(int from, int to)
        {
            for (var number = from; number < to; number++)
            {
                await app.Client(number.ToString(CultureInfo.InvariantCulture)).GetStatusAsync(task, Token);
                Assert.Equal($"ima_key_of_{number}", app.Wire.Requests.Last().Key);
                app.Wire.Requests.Clear();
                most = Math.Max(most, app.Kept);
            }
        }
    }

    [Fact]
    public async Task Failed_creation_of_a_tenant_is_tried_again()
    {
        var isBroken = true;
        using var app = new TenantApp(builder => builder.AddCreditBudget((_, _) =>
            isBroken ? throw new IOException("The database is down.") : new CreditBudget(100)));

        await Assert.ThrowsAsync<IOException>(() => app.Client("tenant-a").SubmitAsync(Request, Token));
        isBroken = false;
        await app.Client("tenant-a").SubmitAsync(Request, Token);

        Assert.Single(app.Simulator.Charges);
        Assert.Equal(1, app.Kept);
    }

    [Fact]
    public void Invalid_options_name_the_option_and_its_limits()
    {
        using var app = new TenantApp(configure: options =>
            (options.MaxClients, options.IdleTimeout, options.ApiKeyTimeout, options.ApiKeyLifetime) =
                (0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(-1)));

        var exception = Assert.Throws<OptionsValidationException>(() => app.Factory);

        Assert.Equal(
            ["ApiKeyLifetime", "ApiKeyTimeout", "IdleTimeout", "MaxClients"],
            exception.Failures.Select(failure => failure.Split(' ')[0]).Order());
    }

    [Fact]
    public async Task Container_that_is_disposed_ends_the_watches_of_all_tenants()
    {
        var app = new TenantApp();
        app.Simulator.ProcessingTime = TimeSpan.FromHours(1);
        var client = app.Client("tenant-a");
        var task = await client.SubmitAsync(Request, Token);
        var watching = client.WaitForCompletionAsync(task, Token);

        app.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => watching);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.SubmitAsync(Request, Token));
    }
}
