using ImaNanoBanana.Catalog;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.OpenApi.Models;
using ImaNanoBanana.Resilience;
using ImaNanoBanana.Transport;
using static ImaNanoBanana.Tests.Planning.Plans;

namespace ImaNanoBanana.Tests.Catalog;

public class ProductCatalogTests
{
    private static readonly ImageTaskType Type = ImageTaskType.TextToImage;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_is_kept_for_five_minutes()
    {
        var (catalog, api, time) = Create();

        await catalog.GetAsync(Type, ImaLanguage.English, refresh: false, Token);
        time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        await catalog.GetAsync(Type, ImaLanguage.English, refresh: false, Token);
        Assert.Equal(1, api.Reads);
        time.Advance(TimeSpan.FromTicks(1));
        await catalog.GetAsync(Type, ImaLanguage.English, refresh: false, Token);

        Assert.Equal(2, api.Reads);
    }

    [Fact]
    public async Task Concurrent_callers_share_one_read_and_each_can_cancel()
    {
        var (catalog, api, _) = Create();
        api.Gate = new TaskCompletionSource();
        using var cancel = new CancellationTokenSource();

        var leaving = catalog.GetAsync(Type, ImaLanguage.English, refresh: false, cancel.Token);
        var staying = Enumerable.Range(0, 20).Select(_ => catalog.GetAsync(Type, ImaLanguage.English, refresh: false, Token)).ToList();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        api.Gate.SetResult();
        var lists = await Task.WhenAll(staying);

        Assert.Equal(1, api.Reads);
        Assert.All(lists, list => Assert.Same(lists[0], list));
    }

    [Fact]
    public async Task Each_category_and_language_has_its_own_list()
    {
        var (catalog, api, _) = Create();

        foreach (
            var (type, language) in new[]
            {
                (Type, ImaLanguage.English),
                (Type, ImaLanguage.Chinese),
                (ImageTaskType.ImageToImage, ImaLanguage.English)
            })
        {
            await catalog.GetAsync(type, language, refresh: false, Token);
            await catalog.GetAsync(type, language, refresh: false, Token);
        }

        Assert.Equal(["text_to_image en", "text_to_image zh", "image_to_image en"], api.Asked);
    }

    [Fact]
    public async Task Refresh_ignores_the_cached_list_and_replaces_it()
    {
        var (catalog, api, _) = Create();

        var first = await catalog.GetAsync(Type, ImaLanguage.English, refresh: false, Token);
        var second = await catalog.GetAsync(Type, ImaLanguage.English, refresh: true, Token);
        var third = await catalog.GetAsync(Type, ImaLanguage.English, refresh: false, Token);

        Assert.NotSame(first, second);
        Assert.Same(second, third);
        Assert.Equal(2, api.Reads);
    }

    [Fact]
    public async Task Failure_is_not_cached()
    {
        var (catalog, api, _) = Create();
        api.Fails = true;
        await Assert.ThrowsAsync<ImaException>(() => catalog.GetAsync(Type, ImaLanguage.English, refresh: false, Token));
        api.Fails = false;

        Assert.Single(await catalog.GetAsync(Type, ImaLanguage.English, refresh: false, Token));
        Assert.Equal(2, api.Reads);
    }

    [Fact]
    public async Task Cancelled_caller_reads_nothing()
    {
        var (catalog, api, _) = Create();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => catalog.GetAsync(Type, ImaLanguage.English, refresh: false, new CancellationToken(true)));

        Assert.Equal(0, api.Reads);
    }

    [Fact]
    public void Three_hundred_leaves_of_other_models_are_not_kept()
    {
        var foreign = string.Join(',', Enumerable.Range(0, 300).Select(number => Leaf(id: $"v{number}", model: "doubao-seedream-4.5")));

        var version = Assert.Single(ProductTree.Read(Element($"[{foreign},{Leaf()}]"))!);

        Assert.Equal(6, version.Rules[1].CreditsPerImage);
    }

    private static (ProductCatalog Catalog, CountingApi Api, TestTimeProvider Time) Create()
    {
        var (api, time) = (new CountingApi(), new TestTimeProvider());
        var options = new ImaNanoBananaOptions();
        var reader = new ApiReader(options, time, new RequestLimiter(null, 1, time), SafeRepetition.Create(isOn: false, time));
        return (new ProductCatalog(() => api, reader, ModelScope.BuiltIn, time), api, time);
    }

    private sealed class CountingApi : IImaOpenApi
    {
        public List<string> Asked { get; } = [];

        public int Reads => Asked.Count;

        public bool Fails { get; set; }

        public TaskCompletionSource? Gate { get; set; }

        public async Task<HttpResponseMessage> GetProductListAsync(
            string category, string language, ReadCall call, CancellationToken cancellationToken)
        {
            lock (Asked)
            {
                Asked.Add($"{category} {language}");
            }

            await (Gate?.Task ?? Task.CompletedTask);
            return Fails
                ? throw new HttpRequestException("scripted failure")
                : new HttpResponseMessage { Content = new StringContent($$"""{"code":200,"data":[{{Leaf()}}]}""") };
        }

        public Task<HttpResponseMessage> CreateTaskAsync(Submission submission, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<HttpResponseMessage> GetTaskDetailAsync(TaskDetailRequest body, ReadCall call, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
