using System.Net.Http.Headers;

namespace ImaNanoBanana.Console.Tests;

/// <summary>The lines of a batch are checked against the product list before the first one is charged.</summary>
public sealed class BatchCheckTests : IDisposable
{
    private readonly CliRun _ima = new();

    [Theory]
    [InlineData("en", "Line 2: ", "Line 4: ", "Nothing was submitted. Correct these 2 lines")]
    [InlineData("zh", "第 2 行：", "第 4 行：", "未提交任何请求。请修改以上 2 行")]
    public async Task Values_that_the_product_list_does_not_have_are_all_reported_before_anything_is_charged(
        string language, string first, string second, string end)
    {
        _ima.Variables["LANG"] = language;
        await WriteAsync("""
            {"prompt":"a cat"}
            {"prompt":"a dog","size":"9K"}
            {"prompt":"a bird"}
            {"prompt":"a fish","model":"dalle"}
            """);

        Assert.Equal(2, await _ima.RunAsync("batch", "list.jsonl", "--concurrency", "1"));

        var lines = _ima.Error.TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith(first, lines[0], StringComparison.Ordinal);
        Assert.Contains("9K", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(second, lines[1], StringComparison.Ordinal);
        Assert.Contains("dalle", lines[1], StringComparison.Ordinal);
        Assert.StartsWith(end, lines[2], StringComparison.Ordinal);
        Assert.Empty(_ima.Out);
        Assert.Equal("list", Assert.Single(_ima.Service.Requests).Endpoint);
    }

    [Fact]
    public async Task A_line_that_was_submitted_earlier_is_fetched_even_if_the_product_list_has_changed()
    {
        await WriteAsync("""{"prompt":"a cat","size":"2K"}""");
        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl"));

        using var wire = new Without2K(_ima.Service);
        _ima.Wire = wire;
        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl", "-o", "out"));
        Assert.Single(Directory.GetFiles(Path.Combine(_ima.Folder, "out")));

        using var another = new Without2K(_ima.Service);
        _ima.Wire = another;
        Assert.Equal(2, await _ima.RunAsync("batch", "list.jsonl", "--name", "another"));
        Assert.StartsWith("Line 1: ", _ima.Error, StringComparison.Ordinal);
        _ima.Service.Ledger.ShouldHaveCharged(10);
    }

    /// <summary>The list may be missing for a while. What was charged earlier does not need it.</summary>
    [Fact]
    public async Task Without_a_product_list_each_line_reports_it_and_earlier_images_are_fetched()
    {
        await WriteAsync("""{"prompt":"a cat"}""");
        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl"));

        await WriteAsync("""{"prompt":"a cat"}""" + "\n" + """{"prompt":"a dog"}""");
        using var wire = new WithoutList(_ima.Service);
        _ima.Wire = wire;
        Assert.Equal(1, await _ima.RunAsync("batch", "list.jsonl", "-o", "out"));

        Assert.Single(Directory.GetFiles(Path.Combine(_ima.Folder, "out")));
        Assert.Contains("\"kind\":\"CatalogUnavailable\"", _ima.Out, StringComparison.Ordinal);
        _ima.Service.Ledger.ShouldHaveCharged(6);
    }

    public void Dispose() => _ima.Dispose();

    private Task WriteAsync(string text) =>
        File.WriteAllTextAsync(Path.Combine(_ima.Folder, "list.jsonl"), text, TestContext.Current.CancellationToken);

    private static bool IsList(HttpRequestMessage request) =>
        request.RequestUri!.AbsolutePath.EndsWith("/product/list", StringComparison.Ordinal);

    private sealed class Without2K(HttpMessageHandler service) : DelegatingHandler(service)
    {
        private static readonly MediaTypeHeaderValue Json = new("application/json");

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (IsList(request))
            {
                var text = await answer.Content.ReadAsStringAsync(cancellationToken);
                answer.Content = new StringContent(text.Replace("2K", "3K", StringComparison.OrdinalIgnoreCase), Json);
            }

            return answer;
        }
    }

    private sealed class WithoutList(HttpMessageHandler service) : DelegatingHandler(service)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            IsList(request)
                ? Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable))
                : base.SendAsync(request, cancellationToken);
    }
}
