using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.DependencyInjection.Tenants;

/// <summary>Options and budgets that the app changes while it runs.</summary>
public class TenantSettingsTests
{
    private static readonly ImageRequest Request = new("a puppy");
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private decimal? _limit = 6;
    private decimal? _most;
    private TimeSpan? _period;
    private int _budgets;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The price of the image is 6 credits.</summary>
    [Theory]
    [InlineData(12, 6)]
    [InlineData(6, 0)]
    [InlineData(0, 0)]
    [InlineData(100, 94)]
    public async Task New_limit_applies_after_the_lifetime_and_keeps_what_was_spent(int limit, int remaining)
    {
        using var app = Shop();
        await app.Client("tenant-a").SubmitAsync(Request, Token);
        _limit = limit;
        app.Time.Advance(Lifetime - TimeSpan.FromTicks(1));
        var before = await app.Factory.GetBudgetUsageAsync("tenant-a", Token);
        app.Time.Advance(TimeSpan.FromTicks(1));

        var after = await app.Factory.GetBudgetUsageAsync("tenant-a", Token);

        Assert.Equal((6, 0), (before!.Value.Spent, before.Value.Remaining));
        Assert.Equal((6, remaining), (after!.Value.Spent, after.Value.Remaining));
        var error = await Record.ExceptionAsync(() => app.Client("tenant-a").SubmitAsync(Request, Token));
        Assert.Equal(remaining >= 6 ? null : ImaErrorKind.BudgetExceeded, (error as ImaException)?.Kind);
    }

    /// <summary>A plan without a limit, for some time. What was spent in that time counts, too.</summary>
    [Fact]
    public async Task Limit_that_returns_keeps_what_was_spent()
    {
        using var app = Shop();
        await app.Client("tenant-a").SubmitAsync(Request, Token);
        _limit = null;
        app.Factory.Refresh("tenant-a");
        await app.Client("tenant-a").SubmitAsync(Request, Token);
        app.Factory.Refresh("tenant-a");
        var without = await app.Factory.GetBudgetUsageAsync("tenant-a", Token);
        await app.Client("tenant-a").SubmitAsync(Request, Token);
        _limit = 20;
        app.Factory.Refresh("tenant-a");

        var error = await Assert.ThrowsAsync<ImaException>(() => app.Client("tenant-a").SubmitAsync(Request, Token));

        Assert.Null(without);
        Assert.Equal((ImaErrorKind.BudgetExceeded, 2m), (error.Kind, error.AllowedCredits));
        Assert.Equal(18, (await app.Factory.GetBudgetUsageAsync("tenant-a", Token))!.Value.Spent);
        Assert.Equal(3, app.Simulator.Charges.Count);
    }

    [Fact]
    public async Task Period_that_is_set_later_ends_what_was_spent_before()
    {
        using var app = Shop();
        await app.Client("tenant-a").SubmitAsync(Request, Token);
        _period = TimeSpan.FromHours(1);
        app.Factory.Refresh("tenant-a");
        var before = await app.Factory.GetBudgetUsageAsync("tenant-a", Token);
        app.Time.Advance(TimeSpan.FromHours(1));
        await app.Client("tenant-a").ListModelsAsync(null, Token);

        var after = await app.Factory.GetBudgetUsageAsync("tenant-a", Token);

        Assert.Equal((6, 0), (before!.Value.Spent, after!.Value.Spent));
    }

    /// <summary>The submission that is running when the limit changes is counted in the new budget, too.</summary>
    [Fact]
    public async Task Running_submission_stays_counted()
    {
        using var app = Shop();
        var answer = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        app.Wire.Before = request =>
        {
            if (!request.RequestUri!.AbsolutePath.EndsWith("/create", StringComparison.Ordinal))
            {
                return Task.CompletedTask;
            }

            arrived.TrySetResult();
            return answer.Task;
        };
        var running = app.Client("tenant-a").SubmitAsync(Request, Token);
        await arrived.Task;
        _limit = 10;
        app.Factory.Refresh("tenant-a");

        var during = await app.Factory.GetBudgetUsageAsync("tenant-a", Token);
        answer.SetResult();
        await running;

        Assert.Equal((0, 6, 4), (during!.Value.Spent, during.Value.Reserved, during.Value.Remaining));
        Assert.Equal(6, (await app.Factory.GetBudgetUsageAsync("tenant-a", Token))!.Value.Spent);
    }

    [Fact]
    public async Task Refresh_applies_at_the_next_call()
    {
        using var app = Shop();
        var client = app.Client("tenant-a");
        await client.ListModelsAsync(null, Token);
        _most = 5;
        app.Keys["tenant-a"] = "ima_new_key_of_a";
        var before = await client.SubmitAsync(Request, Token);

        app.Factory.Refresh("tenant-a");
        app.Factory.Refresh("tenant-x");
        var error = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));
        await client.GetStatusAsync(before, Token);

        Assert.Equal(ImaErrorKind.BudgetExceeded, error.Kind);
        Assert.Equal(["tenant-a", "tenant-a"], app.Reads);
        Assert.Equal("tenantId", Assert.ThrowsAny<ArgumentException>(() => app.Factory.Refresh(" ")).ParamName);
    }

    [Fact]
    public async Task Client_is_kept_if_nothing_has_changed()
    {
        using var app = Shop();
        var pool = ((ImaNanoBanana.DependencyInjection.Tenants.ImaImageClientFactory)app.Factory).Pool;
        await app.Client("tenant-a").ListModelsAsync(null, Token);
        var first = Client();
        app.Time.Advance(Lifetime);
        var second = Client();
        _limit = 7;
        app.Time.Advance(Lifetime);
        var third = Client();

        Assert.Same(first, second);
        Assert.NotSame(first, third);
        Assert.Equal(3, _budgets);

        ImaImageClient Client()
        {
            using var lease = pool.Acquire("tenant-a");
            return lease.Tenant.Client;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Callback_that_fails_leaves_the_last_settings_in_use(bool throws)
    {
        var isBroken = false;
        using var app = new TenantApp(builder => builder.ConfigureOptions((_, options) =>
        {
            options.MaxCredits = 6;
            options.WatchTimeout = isBroken && !throws ? TimeSpan.Zero : options.WatchTimeout;
            if (isBroken && throws)
            {
                throw new InvalidOperationException("The database is down.");
            }
        }));
        var client = app.Client("tenant-a");
        await client.SubmitAsync(Request, Token);
        isBroken = true;
        app.Factory.Refresh("tenant-a");

        await client.SubmitAsync(Request, Token);

        var record = Assert.Single(app.Log, record => record.Id.Id == 12);
        Assert.Contains("tenant-a", record.Message, StringComparison.Ordinal);
        Assert.Equal(2, app.Simulator.Charges.Count);
    }

    [Fact]
    public async Task Log_events_and_errors_of_the_key_name_the_tenant()
    {
        using var app = new TenantApp();
        await app.Client("tenant-b").SubmitAsync(Request, Token);
        app.Simulator.Script("create", new SimulatedFault { Status = 401 });

        var error = await Assert.ThrowsAsync<ImaException>(() => app.Client("tenant-b").SubmitAsync(Request, Token));

        Assert.EndsWith(" The tenant is 'tenant-b'.", error.Message, StringComparison.Ordinal);
        var events = app.Log.Where(record => record.Id.Id == 1).ToList();
        Assert.Equal(2, events.Count);
        Assert.All(events, record => Assert.Contains(
            record.Scopes.OfType<IReadOnlyList<KeyValuePair<string, object?>>>().SelectMany(scope => scope),
            pair => pair is { Key: "TenantId", Value: "tenant-b" }));
    }

    /// <summary>An option that is not compared would not apply before a restart.</summary>
    [Fact]
    public void Every_option_is_compared()
    {
        foreach (var property in typeof(ImaNanoBananaOptions).GetProperties().Where(property => property.Name != "ApiKey"))
        {
            var options = new ImaNanoBananaOptions();
            Assert.True(options.HasSameValues(new ImaNanoBananaOptions()));
            switch (property.GetValue(options))
            {
                case TimeSpan value:
                    property.SetValue(options, value + TimeSpan.FromSeconds(1));
                    break;
                case bool value:
                    property.SetValue(options, !value);
                    break;
                case IList<string> list:
                    list.Add("other");
                    break;
                case long value:
                    property.SetValue(options, value + 1);
                    break;
                case int value:
                    property.SetValue(options, value + 1);
                    break;
                case double value:
                    property.SetValue(options, value + 1);
                    break;
                case ImaLanguage:
                    property.SetValue(options, ImaLanguage.Chinese);
                    break;
                default:
                    property.SetValue(options, 7m);
                    break;
            }

            Assert.False(options.HasSameValues(new ImaNanoBananaOptions()), property.Name);
        }
    }

    private TenantApp Shop() => new(builder => builder
        .ConfigureOptions((_, options) => options.MaxCredits = _most)
        .AddCreditBudget((provider, _) =>
        {
            _budgets++;
            return _limit is { } limit ? new CreditBudget(limit, _period, provider.GetRequiredService<TimeProvider>()) : null;
        }));
}
