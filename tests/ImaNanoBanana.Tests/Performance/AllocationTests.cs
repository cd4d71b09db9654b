using System.Net;
using System.Net.Http.Headers;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Tests.Planning;

namespace ImaNanoBanana.Tests.Performance;

/// <summary>Limits for allocations; tests/ImaNanoBanana.Benchmarks measures times.</summary>
public class AllocationTests
{
    private const int WarmUp = 200;
    private const int Rounds = 5;
    private const int Calls = 100;

    [Fact]
    public void Planning_from_300_leaves_allocates_less_than_5_KB()
    {
        var leaves = Enumerable.Range(0, 300).Select(number =>
            Plans.Leaf(id: $"v{number}", model: number % 2 == 0 ? "gemini-3.1-flash-image" : "gemini-3-pro-image"));
        var versions = ProductTree.Read(Plans.Element($"[{string.Join(',', leaves)}]"))!;
        ImagePlan? plan = null;
        Plan();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var call = 0; call < Calls; call++)
        {
            Plan();
        }

        Assert.Equal("v299", plan!.Version.Id);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Calls, 1, 5 * 1024);

        void Plan() =>
            plan = ImagePlanner.Plan(
                versions,
                Plans.Request with { Model = ImageModel.NanoBananaPro, Size = ImageSize.Size4K, Count = 2, MaxCredits = 100 },
                []);
    }

    /// <summary>The hand-written client allocates 6.6 KB, most of it in HttpClient.</summary>
    [Fact]
    public async Task Generate_allocates_at_most_22_KB_more_than_the_same_requests_by_hand()
    {
        using var service = new InstantService();
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_key_of_the_tests_0123456789", RequestsPerSecond = null }, service);
        await GenerateAsync(WarmUp);
        var least = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await GenerateAsync(Calls);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / Calls);
        }

        Assert.Equal(1 + (2 * (WarmUp + (Rounds * Calls))), service.Requests);
        Assert.InRange(least, 1, 6_600 + (22 * 1024));

        async Task GenerateAsync(int calls)
        {
            for (var call = 0; call < calls; call++)
            {
                await client.GenerateAsync(Plans.Request, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Only one of many leaves is submitted; the others are kept as raw text.</summary>
    [Fact]
    public void Unused_leaves_cost_only_their_text()
    {
        var leaf = Plans.Leaf();
        using var list = System.Text.Json.JsonDocument.Parse($"[{string.Join(',', Enumerable.Repeat(leaf, 300))}]");
        ProductTree.Read(list.RootElement);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var versions = ProductTree.Read(list.RootElement)!;

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 300 * leaf.Length, 300 * (leaf.Length + 512));
        Assert.Equal(4, versions[299].Rules.Count);
    }

    /// <summary>Answers at once from memory.</summary>
    private sealed class InstantService : HttpMessageHandler
    {
        private static readonly byte[] List = System.Text.Encoding.UTF8.GetBytes($$"""{"code":200,"data":[{{Plans.Leaf()}}]}""");
        private static readonly byte[] Created = """{"code":200,"data":{"id":"task_1"}}"""u8.ToArray();
        private static readonly byte[] Done = """{"code":200,"data":{"medias":[{"resource_status":1,"url":"https://images.example/1.png"}]}}"""u8.ToArray();

        public int Requests { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            if (request.Content is not null)
            {
                await request.Content.CopyToAsync(Stream.Null, cancellationToken);
            }

            var path = request.RequestUri!.AbsolutePath;
            var body = path.EndsWith("list", StringComparison.Ordinal)
                ? List
                : path.EndsWith("create", StringComparison.Ordinal)
                ? Created
                : Done;
            var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body) };
            response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return response;
        }
    }
}
