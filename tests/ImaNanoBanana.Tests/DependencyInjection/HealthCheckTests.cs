using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ImaNanoBanana.Tests.DependencyInjection;

/// <summary>What the health check finds, how often it asks, and that it leaves nothing behind.</summary>
public sealed class HealthCheckTests : IDisposable
{
    private readonly TestTimeProvider _time = new();
    private readonly ScriptedHandler _handler = new();
    private readonly TestFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _handler.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("memory", "")]
    [InlineData("folder", "")]
    [InlineData("folder", "tenant-a")]
    public async Task Client_that_works_is_healthy_and_nothing_is_left_behind(string journal, string name)
    {
        await using var provider = Provider(builder => _ = journal == "folder" ? builder.AddFileJournal(_folder.Path) : builder, name);

        var (status, text, data) = await CheckAsync(provider);

        Assert.Equal(HealthStatus.Healthy, status);
        Assert.Equal("The key is accepted, the product list is readable, and the journal is writable.", text);
        Assert.Equal(("accepted", "readable", "writable"), data);
        Assert.Equal(["list"], _handler.Requests.Select(request => request.Endpoint));
        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.Equal(0, _time.PendingTimers);
    }

    [Theory]
    [InlineData(401, "rejected. The API key is invalid", "not read, because the key was rejected")]
    [InlineData(429, "not known", "The service receives too many requests. Lower RequestsPerSecond")]
    [InlineData(400, "not known", "code 400")]
    [InlineData(0, "not known", "scripted failure. Nothing was submitted. Submitting again is safe. Check the network")]
    public async Task Failure_of_the_service_is_told_with_advice(int status, string key, string list)
    {
        _handler.With("list", (status, "{}"));
        await using var provider = Provider(
            builder => builder.AddFileJournal(_folder.Path), configure: options => options.RetryReads = false);

        var (health, text, data) = await CheckAsync(provider);

        Assert.Equal(HealthStatus.Unhealthy, health);
        Assert.StartsWith(key, data.Key, StringComparison.Ordinal);
        Assert.Contains(list, data.List, StringComparison.Ordinal);
        Assert.Equal("writable", data.Journal);
        Assert.Equal($"key: {data.Key} list: {data.List}", text);
        Assert.DoesNotContain("ima_test_key", text, StringComparison.Ordinal);
    }

    /// <summary>A file with the name of the folder; a journal of the app that fails; one that never answers.</summary>
    [Theory]
    [InlineData("file", "not writable. ")]
    [InlineData("fails", "not writable. The database is down. Check the folder or the database of the journal.")]
    [InlineData("hangs", "not writable. The journal did not respond within 10 s.")]
    public async Task Journal_that_cannot_be_written_is_told(string what, string found)
    {
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "not a folder", Token);
        await using var provider = Provider(builder => _ = what == "file"
            ? builder.AddFileJournal(file)
            : builder.AddJournal(_ => new BrokenJournal(hangs: what == "hangs")));

        var check = CheckAsync(provider);
        if (what == "hangs")
        {
            await _time.WaitForTimerAsync(TimeSpan.FromSeconds(10), Token);
            await _time.RunAsync(check, TimeSpan.FromSeconds(14), Token);
        }

        var (status, _, data) = await check;

        Assert.Equal((HealthStatus.Unhealthy, "accepted", "readable"), (status, data.Key, data.List));
        Assert.StartsWith(found, data.Journal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_key_is_told_without_a_request()
    {
        using var environment = new EnvironmentVariable("IMA_API_KEY", null);
        await using var provider = Provider(_ => { }, configure: options => options.ApiKey = "");

        var (status, _, data) = await CheckAsync(provider);

        Assert.Equal(HealthStatus.Unhealthy, status);
        Assert.StartsWith("not usable. ApiKey is missing. Create a key at", data.Key, StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public async Task Probe_every_second_reaches_the_service_once_a_minute()
    {
        await using var provider = Provider(_ => { });
        for (var second = 0; second < 180; second++)
        {
            Assert.Equal(HealthStatus.Healthy, (await CheckAsync(provider)).Status);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, _handler.Count("list"));
    }

    [Fact]
    public async Task Probes_at_the_same_time_share_one_check()
    {
        await using var provider = Provider(_ => { });

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CheckAsync(provider)));

        Assert.Equal(1, _handler.Count("list"));
    }

    [Fact]
    public async Task Failure_is_checked_again_after_10_seconds()
    {
        _handler.With("list", (401, "{}"), (200, $$"""{"code":200,"data":{{ScriptedHandler.Catalog}}}"""));
        await using var provider = Provider(_ => { });

        var statuses = new List<HealthStatus> { (await CheckAsync(provider)).Status };
        _time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        statuses.Add((await CheckAsync(provider)).Status);
        _time.Advance(TimeSpan.FromTicks(1));
        statuses.Add((await CheckAsync(provider)).Status);

        Assert.Equal([HealthStatus.Unhealthy, HealthStatus.Unhealthy, HealthStatus.Healthy], statuses);
    }

    /// <summary>The list that the client keeps for five minutes says nothing about a key that was revoked since.</summary>
    [Fact]
    public async Task Revoked_key_is_found_although_the_client_keeps_a_list()
    {
        await using var provider = Provider(_ => { });
        await provider.GetRequiredService<IImaImageClient>().ListModelsAsync(ImageTaskType.TextToImage, Token);
        _handler.With("list", (401, "{}"));

        Assert.StartsWith("rejected", (await CheckAsync(provider)).Data.Key, StringComparison.Ordinal);
    }

    /// <summary>An app that cannot use one of its models can still use the others.</summary>
    [Fact]
    public async Task Additional_model_that_is_not_offered_is_told()
    {
        await using var provider = Provider(_ => { }, configure: options => options.AdditionalModels.Add("gemini-nano-banana-2.1"));

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);

        var entry = report.Entries.Single().Value;
        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal("not offered: gemini-nano-banana-2.1. Requests for these models are rejected.", entry.Data["models"]);
        Assert.EndsWith($"models: {entry.Data["models"]}", entry.Description, StringComparison.Ordinal);
        Assert.Equal(["list", "list"], _handler.Requests.Select(request => request.Endpoint));
    }

    [Fact]
    public async Task Additional_model_that_is_offered_needs_no_remark()
    {
        var list = ScriptedHandler.Catalog.Replace("\"gemini-3.1-flash-image\"", "\"gemini-nano-banana-2.1\"", StringComparison.Ordinal);
        Assert.NotEqual(ScriptedHandler.Catalog, list);
        _handler.With("list", (200, $$"""{"code":200,"data":{{list}}}"""));
        await using var provider = Provider(_ => { }, configure: options => options.AdditionalModels.Add("gemini-nano-banana-2.1"));

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);

        Assert.DoesNotContain("models", report.Entries.Single().Value.Data.Keys);
        Assert.Equal(1, _handler.Count("list"));
    }

    [Fact]
    public async Task Service_that_does_not_answer_ends_the_check_after_10_seconds()
    {
        using var hanging = new HangingHandler();
        await using var provider = Provider(builder => builder.ConfigureHttpClients(
            http => http.ConfigurePrimaryHttpMessageHandler(() => hanging)));

        var check = CheckAsync(provider);
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(10), Token);
        await _time.RunAsync(check, TimeSpan.FromSeconds(14), Token);
        var (status, _, data) = await check;

        Assert.Equal(HealthStatus.Unhealthy, status);
        Assert.StartsWith(
            "not readable. The product list was not read within 10 s. Check the network", data.List, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_status_and_tags_are_those_of_the_app()
    {
        _handler.With("list", (401, "{}"));
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_time);
        services.AddImaNanoBanana(options => options.ApiKey = "ima_test_key")
            .ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(() => _handler));
        services.AddHealthChecks().AddImaNanoBanana(name: "images", failureStatus: HealthStatus.Degraded, tags: ["ready"]);
        await using var provider = services.BuildServiceProvider();

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(each => each.Tags.Contains("ready"), Token);

        Assert.Equal(("images", HealthStatus.Degraded), (report.Entries.Single().Key, report.Status));
        Assert.Throws<ArgumentOutOfRangeException>(
            "timeout", () => services.AddHealthChecks().AddImaNanoBanana(timeout: TimeSpan.Zero));
    }

    private static async Task<(HealthStatus Status, string Text, (string Key, string List, string Journal) Data)> CheckAsync(
        IServiceProvider provider)
    {
        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
        var (_, entry) = report.Entries.Single();
        return (entry.Status, entry.Description!, ((string)entry.Data["key"], (string)entry.Data["list"], (string)entry.Data["journal"]));
    }

    private ServiceProvider Provider(
        Action<IImaNanoBananaBuilder> build, string name = "", Action<ImaNanoBananaOptions>? configure = null)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_time);
        void Configure(ImaNanoBananaOptions options)
        {
            options.ApiKey = "ima_test_key";
            configure?.Invoke(options);
        }

        var builder = name.Length == 0 ? services.AddImaNanoBanana(Configure) : services.AddKeyedImaNanoBanana(name, Configure);
        build(builder.ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(() => _handler)));
        services.AddHealthChecks().AddImaNanoBanana(name.Length == 0 ? null : name);
        return services.BuildServiceProvider();
    }

    private sealed class HangingHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("The token ends the delay.");
        }
    }

    /// <summary>A journal of an app without any of the members that have a default implementation.</summary>
    private sealed class BrokenJournal(bool hangs) : ITaskJournal
    {
        public Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default) =>
            Task.FromResult<TaskJournalEntry?>(null);

        public Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("A health check must not claim a key.");

        public Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) => Task.FromResult(false);

        public Task<bool> RemoveAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) =>
            hangs ? new TaskCompletionSource<bool>().Task : throw new IOException("The database is down.");

        public async IAsyncEnumerable<TaskJournalEntry> ListAsync(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            yield break;
        }
    }
}
