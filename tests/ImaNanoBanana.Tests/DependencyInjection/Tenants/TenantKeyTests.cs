using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Tests.DependencyInjection.Tenants;

/// <summary>Where the key of a tenant comes from, when it is read again, and what happens without one.</summary>
public class TenantKeyTests
{
    private static readonly ImageRequest Request = new("a puppy");
    private static readonly ImageTask Known = new("task_sim_000001");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Missing_tenant_id_says_what_to_pass(string? tenantId)
    {
        using var app = new TenantApp();

        var exceptions = new[]
        {
            Assert.ThrowsAny<ArgumentException>(() => app.Factory.CreateClient(tenantId!)),
            Assert.ThrowsAny<ArgumentException>(() => app.Factory.GetJournal(tenantId!)),
        };

        Assert.All(exceptions, exception => Assert.StartsWith(
            "The id of the tenant is missing. Pass the id", exception.Message, StringComparison.Ordinal));
        Assert.All(exceptions, exception => Assert.Equal("tenantId", exception.ParamName));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public async Task Unknown_tenant_is_an_error_that_says_what_to_do(string? key)
    {
        using var app = new TenantApp(getApiKey: (_, _) => ValueTask.FromResult(key));
        var client = app.Client("tenant-x");

        var errors = new[]
        {
            await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token)),
            await Assert.ThrowsAsync<ImaException>(() => client.QuoteAsync(Request, Token)),
            await Assert.ThrowsAsync<ImaException>(() => client.WaitForCompletionAsync(Known, Token)),
        };

        Assert.Equal([ImaErrorKind.Unauthorized, ImaErrorKind.Unauthorized, ImaErrorKind.WatchFailed], errors.Select(error => error.Kind));
        Assert.All(errors, error => Assert.Contains(
            "There is no API key for the tenant 'tenant-x'. Check the id of the tenant. Then return its key from the callback",
            error.Message,
            StringComparison.Ordinal));
        Assert.Equal(Known, errors[2].Task);
        Assert.Empty(app.Wire.Requests);
    }

    [Fact]
    public async Task Callback_that_throws_sends_nothing_and_the_next_call_asks_again()
    {
        var isDown = true;
        using var app = new TenantApp(getApiKey: (_, _) =>
            isDown ? throw new IOException("The database is down.") : ValueTask.FromResult<string?>("ima_key_of_a"));

        var refused = await Assert.ThrowsAsync<ImaException>(() => app.Client("tenant-a").SubmitAsync(Request, Token));
        var sent = app.Wire.Requests.Count;
        isDown = false;
        await app.Client("tenant-a").SubmitAsync(Request, Token);

        Assert.Equal(
            (ImaErrorKind.NotSent, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain, 0),
            (refused.Kind, refused.ChargeStatus, refused.RetryGuidance, sent));
        Assert.Contains("'tenant-a' could not be read (The database is down)", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The second callback ignores its token; the third blocks its thread until the test ends.</summary>
    [Theory]
    [InlineData("waits")]
    [InlineData("ignores")]
    [InlineData("blocks")]
    public async Task Callback_that_hangs_ends_in_time_and_sends_nothing(string how)
    {
        using var end = new ManualResetEventSlim();
        using var app = new TenantApp(getApiKey: async (_, token) =>
        {
            if (how == "blocks")
            {
                end.Wait(TestContext.Current.CancellationToken);
            }

            await Task.Delay(Timeout.Infinite, how == "waits" ? token : TestContext.Current.CancellationToken);
            return null;
        });

        var call = app.Client("tenant-a").SubmitAsync(Request, Token);
        await app.Time.WaitForTimerAsync(TimeSpan.FromSeconds(15), Token);
        app.Time.Advance(TimeSpan.FromSeconds(15));
        var refused = await Assert.ThrowsAsync<ImaException>(() => call);
        end.Set();

        Assert.Equal(ImaErrorKind.NotSent, refused.Kind);
        Assert.Contains("did not return within 15 s", refused.Message, StringComparison.Ordinal);
        Assert.Empty(app.Wire.Requests);
    }

    [Fact]
    public async Task Caller_can_cancel_while_the_callback_hangs()
    {
        using var app = new TenantApp(getApiKey: async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null;
        });
        using var source = new CancellationTokenSource();

        var call = app.Client("tenant-a").SubmitAsync(Request, source.Token);
        await app.Time.WaitForTimerAsync(TimeSpan.FromSeconds(15), Token);
        await source.CancelAsync();

        Assert.Equal(ImaChargeStatus.NotCharged, (await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => call)).ChargeStatus);
        app.Time.Advance(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Key_is_read_once_for_many_requests_and_again_after_its_lifetime()
    {
        using var app = new TenantApp();
        var client = app.Client("tenant-a");
        await client.SubmitAsync(Request, Token);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.GetStatusAsync(Known, Token)));
        app.Keys["tenant-a"] = "ima_key_rotated";
        app.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        await client.GetStatusAsync(Known, Token);
        var reads = app.Reads.Count;
        app.Time.Advance(TimeSpan.FromTicks(1));
        await client.GetStatusAsync(Known, Token);

        Assert.Equal((1, 2), (reads, app.Reads.Count));
        Assert.Equal(["ima_key_of_a", "ima_key_rotated"], app.Wire.Requests.Select(request => request.Key).Distinct());
    }

    /// <summary>With the HTTP status, or with the code in the body.</summary>
    [Theory]
    [InlineData(401)]
    [InlineData(200)]
    public async Task Key_is_read_again_after_the_service_rejected_it(int status)
    {
        using var app = new TenantApp();
        var client = app.Client("tenant-a");
        await client.SubmitAsync(Request, Token);
        app.Wire.Rejected["ima_key_of_a"] = status;
        app.Keys["tenant-a"] = "ima_key_rotated";

        var rejected = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));
        await client.SubmitAsync(Request, Token);

        Assert.Equal(ImaErrorKind.Unauthorized, rejected.Kind);
        Assert.Equal(["ima_key_of_a", "ima_key_of_a", "ima_key_rotated"], app.Wire.KeysOf("/create"));
        Assert.Equal(["tenant-a", "tenant-a"], app.Reads);
    }

    [Theory]
    [InlineData("throws", "The database is down.")]
    [InlineData("two keys", "ApiKey contains a character")]
    public async Task Last_valid_key_stays_in_use_if_the_next_one_cannot_be_read(string next, string reason)
    {
        var isFirst = true;
        using var app = new TenantApp(getApiKey: (_, _) =>
        {
            var key = isFirst ? "ima_key_of_a" : next;
            isFirst = false;
            return key == "throws" ? throw new IOException("The database is down. ima_key_of_a") : ValueTask.FromResult<string?>(key);
        });
        var client = app.Client("tenant-a");
        await client.SubmitAsync(Request, Token);
        app.Time.Advance(TimeSpan.FromMinutes(5));

        await client.GetStatusAsync(Known, Token);
        await client.GetStatusAsync(Known, Token);

        Assert.All(app.Wire.Requests, request => Assert.Equal("ima_key_of_a", request.Key));
        Assert.Equal(2, app.Reads.Count);
        var logged = Assert.Single(app.Log, record => record.Id.Id == 9);
        Assert.Contains("tenant-a", logged.Message, StringComparison.Ordinal);
        Assert.Contains(reason, logged.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ima_key", logged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tenant_that_was_removed_does_not_use_its_last_key()
    {
        using var app = new TenantApp();
        var client = app.Client("tenant-a");
        var task = await client.SubmitAsync(Request, Token);
        app.Keys["tenant-a"] = null;
        app.Time.Advance(TimeSpan.FromMinutes(5));
        var sent = app.Wire.Requests.Count;

        var error = await Assert.ThrowsAsync<ImaException>(() => client.WaitForCompletionAsync(task, Token));

        Assert.Equal((ImaErrorKind.WatchFailed, task.Id), (error.Kind, error.Task!.Id));
        Assert.Equal(sent, app.Wire.Requests.Count);
    }

    [Fact]
    public async Task Malformed_key_is_not_sent_and_not_shown()
    {
        using var app = new TenantApp(getApiKey: (_, _) => ValueTask.FromResult<string?>("ima_first ima_second"));

        var error = await Assert.ThrowsAsync<ImaException>(() => app.Client("tenant-a").SubmitAsync(Request, Token));
        var given = Assert.Throws<OptionsValidationException>(() => app.Factory.CreateClient("tenant-a", "ima_first ima_second"));
        var empty = Assert.Throws<OptionsValidationException>(() => app.Factory.CreateClient("tenant-a", ""));

        Assert.Equal(ImaErrorKind.Unauthorized, error.Kind);
        Assert.All([error.ToString(), given.ToString()], text => Assert.DoesNotContain("ima_first", text, StringComparison.Ordinal));
        Assert.StartsWith("ApiKey of 'tenant-a' is missing", Assert.Single(empty.Failures), StringComparison.Ordinal);
        Assert.Empty(app.Wire.Requests);
    }

    [Fact]
    public async Task Factory_without_a_callback_needs_the_key_with_the_client()
    {
        using var wire = new TenantWire(new ImaSimulator());
        var services = new ServiceCollection();
        services.AddImaImageClientFactory().ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(() => wire));
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IImaImageClientFactory>();

        var error = await Assert.ThrowsAsync<ImaException>(() => factory.CreateClient("tenant-a").ListModelsAsync(null, Token));
        Assert.Empty(wire.Requests);
        await factory.CreateClient("tenant-a", "ima_key_passed").ListModelsAsync(null, Token);

        Assert.Equal(ImaErrorKind.Unauthorized, error.Kind);
        Assert.All(wire.Requests, sent => Assert.Equal("ima_key_passed", sent.Key));
    }

    /// <summary>A key for all tenants would spend the credits of one of them, or of the owner of the app.</summary>
    [Fact]
    public async Task Key_in_the_options_or_the_environment_is_never_used()
    {
        using var environment = new EnvironmentVariable("IMA_API_KEY", "ima_key_of_the_owner");
        using var app = new TenantApp(builder => builder.ConfigureOptions((tenantId, options) =>
            options.ApiKey = tenantId == "tenant-a" ? "ima_key_in_options" : options.ApiKey));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => app.Client("tenant-a").SubmitAsync(Request, Token));
        var missing = await Assert.ThrowsAsync<ImaException>(() => app.Client("tenant-x").SubmitAsync(Request, Token));

        Assert.StartsWith("ApiKey is set for the clients of a factory", Assert.Single(error.Failures), StringComparison.Ordinal);
        Assert.Equal(ImaErrorKind.Unauthorized, missing.Kind);
        Assert.Empty(app.Wire.Requests);
    }

    [Fact]
    public async Task Callback_receives_scoped_services_that_live_as_long_as_it_runs()
    {
        var databases = new List<Database>();
        var services = new ServiceCollection().AddScoped(_ => new Database());
        using var wire = new TenantWire(new ImaSimulator());
        services.AddImaImageClientFactory(async (scope, _, _) =>
            {
                var database = scope.GetRequiredService<Database>();
                await Task.Yield();
                Assert.False(database.IsDisposed);
                databases.Add(database);
                return "ima_key_of_a";
            })
            .ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(() => wire));
        await using var provider = services.BuildServiceProvider(validateScopes: true);

        await provider.GetRequiredService<IImaImageClientFactory>().CreateClient("tenant-a").ListModelsAsync(null, Token);

        Assert.True(Assert.Single(databases).IsDisposed);
    }

    private sealed class Database : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
