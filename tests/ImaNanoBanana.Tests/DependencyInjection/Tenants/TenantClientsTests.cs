using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Downloads;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.DependencyInjection.Tenants;

/// <summary>Two tenants of one factory share connections and nothing else.</summary>
public class TenantClientsTests
{
    private static readonly ImageRequest Request = new("a puppy") { IdempotencyKey = "order-1" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The create requests of both tenants are on the wire at the same time.</summary>
    [Fact]
    public async Task Each_request_carries_the_key_of_its_tenant_and_no_other()
    {
        using var app = new TenantApp(builder => builder.ConfigureOptions((_, options) => options.RequestsPerSecond = null));
        var arrived = new TaskCompletionSource();
        var creates = 0;
        app.Wire.Before = request =>
        {
            var isCreate = request.RequestUri!.AbsolutePath.EndsWith("/create", StringComparison.Ordinal);
            if (isCreate && Interlocked.Increment(ref creates) == 20)
            {
                arrived.SetResult();
            }

            return isCreate ? arrived.Task : Task.CompletedTask;
        };
        var image = ImageInput.FromBytes(DownloadTests.Png);
        var work = Enumerable.Range(0, 20).Select(number => (Tenant: number % 2 == 0 ? "tenant-a" : "tenant-b", Number: number)).Select(
            async item =>
            {
                var request = new ImageRequest($"of {item.Tenant}") { Images = [image], IdempotencyKey = $"order-{item.Number}" };
                var client = app.Client(item.Tenant);
                var result = await client.GenerateAsync(request, Token);
                await client.DownloadAsync(result.Image, new MemoryStream(), Token);
            });

        await Task.WhenAll(work);

        Assert.Equal(20, app.Wire.KeysOf("/create").Count());
        foreach (var (path, key, text) in app.Wire.Requests)
        {
            var isOfA = text.Contains("ima_key_of_a", StringComparison.Ordinal);
            var isOfB = text.Contains("ima_key_of_b", StringComparison.Ordinal);
            if (path.EndsWith("/create", StringComparison.Ordinal))
            {
                Assert.Equal(text.Contains("of tenant-a", StringComparison.Ordinal) ? "ima_key_of_a" : "ima_key_of_b", key);
            }

            var needsKey = path.Contains("/open/v1/", StringComparison.Ordinal)
                || path.EndsWith("/getuploadtoken", StringComparison.Ordinal);
            Assert.Equal(needsKey, isOfA != isOfB);
            Assert.False(isOfA && isOfB);
        }
    }

    [Fact]
    public async Task Handlers_of_the_app_see_no_key()
    {
        var seen = new List<string>();
        using var app = new TenantApp(builder => builder.ConfigureHttpClients(
            http => http.AddHttpMessageHandler(() => new CuriousHandler(seen))));

        await app.Client("tenant-a").GenerateAsync(Request, Token);

        Assert.Contains(seen, text => text.Contains("/open/v1/tasks/create", StringComparison.Ordinal));
        Assert.DoesNotContain(seen, text => text.Contains("ima_key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Copy_of_a_request_without_its_options_is_not_sent()
    {
        using var app = new TenantApp(builder => builder.ConfigureHttpClients(
            http => http.AddHttpMessageHandler(() => new CopyingHandler())));

        var exception = await Assert.ThrowsAsync<ImaException>(() => app.Client("tenant-a").SubmitAsync(Request, Token));

        Assert.Equal(ImaErrorKind.CatalogUnavailable, exception.Kind);
        Assert.Empty(app.Wire.Requests);
    }

    [Fact]
    public async Task Rate_of_one_tenant_does_not_slow_down_another()
    {
        using var app = new TenantApp(builder => builder.ConfigureOptions(
            (tenantId, options) => (options.RequestBurst, options.RequestsPerSecond) = tenantId == "tenant-a" ? (1, 0.001) : (100, 100)));
        var (a, b) = (app.Client("tenant-a"), app.Client("tenant-b"));

        // The only turn of the first tenant is used up by its list.
        await a.ListModelsAsync(ImageTaskType.TextToImage, Token);
        var waiting = a.GetStatusAsync(new ImageTask("task_sim_000001"), Token);
        await b.SubmitAsync(Request, Token);
        await b.GetStatusAsync(new ImageTask("task_sim_000001"), Token);

        Assert.False(waiting.IsCompleted);
        app.Time.Advance(TimeSpan.FromSeconds(1001));
        Assert.Equal(ImageStage.Completed, (await waiting).Stage);
    }

    [Fact]
    public async Task Budget_of_one_tenant_does_not_limit_another()
    {
        using var app = new TenantApp(builder => builder.AddCreditBudget(6, TimeSpan.FromDays(1)));
        await app.Client("tenant-a").SubmitAsync(Request, Token);

        var refused = await Assert.ThrowsAsync<ImaException>(
            () => app.Client("tenant-a").SubmitAsync(Request with { IdempotencyKey = "order-2" }, Token));
        var before = await app.Factory.GetBudgetUsageAsync("tenant-b", Token);
        await app.Client("tenant-b").SubmitAsync(Request, Token);

        Assert.Equal(ImaErrorKind.BudgetExceeded, refused.Kind);
        Assert.Equal(new CreditUsage(0, 0, 6), before);
        Assert.Equal(new CreditUsage(6, 0, 0), await app.Factory.GetBudgetUsageAsync("tenant-b", Token));
        Assert.Equal(2, app.Simulator.Charges.Count);
    }

    [Fact]
    public async Task Budget_follows_the_plan_of_the_tenant()
    {
        using var app = new TenantApp(builder => builder.AddCreditBudget(
            (_, tenantId) => tenantId == "tenant-a" ? new CreditBudget(0) : null));

        var refused = await Assert.ThrowsAsync<ImaException>(() => app.Client("tenant-a").SubmitAsync(Request, Token));
        await app.Client("tenant-b").SubmitAsync(Request, Token);

        Assert.Equal(ImaErrorKind.BudgetExceeded, refused.Kind);
        Assert.Null(await app.Factory.GetBudgetUsageAsync("tenant-b", Token));
    }

    [Fact]
    public async Task Same_idempotency_key_of_two_tenants_means_two_submissions()
    {
        using var folder = new TestFolder();
        using var app = new TenantApp(builder => builder.AddFileJournal(folder.Path));

        var tasks = new List<ImageTask>();
        foreach (var tenantId in new[] { "tenant-a", "tenant-b", "tenant-a", "tenant-b" })
        {
            tasks.Add(await app.Client(tenantId).SubmitAsync(Request, Token));
        }

        Assert.Equal((tasks[0].Id, tasks[1].Id), (tasks[2].Id, tasks[3].Id));
        Assert.Equal(["ima_key_of_a", "ima_key_of_b"], app.Wire.KeysOf("/create"));
        Assert.Equal("tenant-a", (await app.Factory.GetJournal("tenant-a").FindAsync("order-1", Token))!.Registration);
    }

    /// <summary>The first process ends after the submission; another process resumes.</summary>
    [Fact]
    public async Task Submission_is_resumed_by_its_own_tenant_only()
    {
        using var folder = new TestFolder();
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        using (var first = new TenantApp(builder => builder.AddFileJournal(folder.Path), simulator: simulator))
        {
            await first.Client("tenant-a").SubmitAsync(Request, Token);
        }

        using var app = new TenantApp(builder => builder.AddFileJournal(folder.Path), simulator: simulator);
        var ofB = await AllAsync(app.Client("tenant-b").ResumeAsync(cancellationToken: Token));
        var listedByB = await AllAsync(app.Factory.GetJournal("tenant-b").ListAsync(Token));
        Assert.Empty(app.Wire.Requests);
        var ofA = await AllAsync(app.Client("tenant-a").ResumeAsync(cancellationToken: Token));

        Assert.Empty(ofB);
        Assert.Empty(listedByB);
        Assert.Equal("order-1", Assert.Single(ofA).IdempotencyKey);
        Assert.All(app.Wire.Requests, request => Assert.Equal("ima_key_of_a", request.Key));
    }

    [Fact]
    public async Task Every_operation_works_through_the_factory()
    {
        using var app = new TenantApp();
        var client = app.Client("tenant-a");
        var quote = await client.QuoteAsync(new ImageRequest("a kitten"), Token);
        var task = await client.SubmitAsync(quote, Token);
        var watched = await AllAsync(client.WatchAsync(task, Token));
        var steps = await AllAsync(client.GenerateStreamingAsync(Request, Token));
        var batch = await AllAsync(client.GenerateBatchAsync([new ImageRequest("a bird")], cancellationToken: Token));

        Assert.Equal(ImageStage.Completed, (await client.GetStatusAsync(task, Token)).Stage);
        Assert.Single((await client.WaitForCompletionAsync(task, Token)).Images);
        Assert.NotNull(watched[^1].Result);
        Assert.NotNull(steps[^1].Result);
        Assert.NotNull(Assert.Single(batch).Result);
        Assert.Equal(
            "https", (await client.UploadAsync(ImageInput.FromBytes(DownloadTests.Png), Token)).Scheme);
    }

    [Fact]
    public async Task Stream_of_a_submission_is_enumerated_once()
    {
        using var app = new TenantApp();
        var stream = app.Client("tenant-a").GenerateStreamingAsync(Request, Token);
        await AllAsync(stream);

        await Assert.ThrowsAsync<InvalidOperationException>(() => AllAsync(stream));
        Assert.Single(app.Simulator.Charges);
    }

    [Fact]
    public void Arguments_are_checked_by_the_call_itself()
    {
        using var app = new TenantApp();
        var client = app.Client("tenant-a");

        Assert.Throws<ArgumentNullException>("task", () => client.WatchAsync((ImageTask)null!, Token));
        Assert.Throws<ArgumentNullException>("request", () => client.GenerateStreamingAsync(null!, Token));
        Assert.Throws<ArgumentOutOfRangeException>("completedWithin", () => client.ResumeAsync(TimeSpan.FromSeconds(-1), Token));
        Assert.Equal(0, app.Kept);
    }

    internal static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }

    /// <summary>Writes down everything that a request shows, as a logging handler of an app may do.</summary>
    private sealed class CuriousHandler(List<string> seen) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen.Add($"{request} {string.Join(' ', request.Options.Select(option => $"{option.Key}={Facts(option.Value)}"))}");
            var response = await base.SendAsync(request, cancellationToken);
            seen.Add($"{response} {await response.Content.ReadAsStringAsync(cancellationToken)}");
            return response;
        }

        private static string Facts(object? value) => value is not null && value.GetType().Assembly == typeof(IImaImageClient).Assembly
            ? $"{value} {string.Join(' ', value.GetType().GetProperties().Select(property => property.GetValue(value)))}"
            : $"{value}";
    }

    private sealed class CopyingHandler : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content };
            foreach (var (name, values) in request.Headers)
            {
                copy.Headers.TryAddWithoutValidation(name, values);
            }

            return base.SendAsync(copy, cancellationToken);
        }
    }
}
