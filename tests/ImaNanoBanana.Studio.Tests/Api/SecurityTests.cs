using System.Net;
using System.Net.Http.Json;
using System.Text;
using ImaNanoBanana.Studio.Tests.Server;

namespace ImaNanoBanana.Studio.Tests.Api;

public sealed class SecurityTests(SharedStudio shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("null", null, HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:1", null, HttpStatusCode.Forbidden)]
    [InlineData(null, "cross-site", HttpStatusCode.Forbidden)]
    [InlineData(null, "same-site", HttpStatusCode.Forbidden)]
    [InlineData("own", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("own", "same-origin", HttpStatusCode.Accepted)]
    [InlineData(null, null, HttpStatusCode.Accepted)]
    public async Task Pages_of_other_sites_cannot_spend_credits(string? origin, string? site, HttpStatusCode expected)
    {
        using var visitor = await shared.OpenAsync();
        var before = shared.Stage.Simulator.Charges.Count;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/images") { Content = JsonContent.Create(new { prompt = "a puppy" }) };
        request.Headers.Add("Idempotency-Key", TestVisitor.NewKey());
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin == "own" ? shared.Stage.Address.GetLeftPart(UriPartial.Authority) : origin);
        }

        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        using var response = await visitor.Client.SendAsync(request, Token);
        Assert.Equal(expected, response.StatusCode);
        var (_, list) = await visitor.GetAsync("/images");
        Assert.Equal(expected == HttpStatusCode.Accepted ? 1 : 0, list!["images"]!.AsArray().Count);
        Assert.True(shared.Stage.Simulator.Charges.Count >= before);
    }

    [Fact]
    public async Task Form_of_another_site_is_not_read_as_an_order()
    {
        using var visitor = await shared.OpenAsync();
        using var content = new StringContent("""{"prompt":"a puppy"}""", Encoding.UTF8, "text/plain");
        content.Headers.Add("Idempotency-Key", TestVisitor.NewKey());
        using var response = await visitor.Client.PostAsync("/images", content, Token);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/images")]
    [InlineData("/none")]
    [InlineData("/openapi/v1.json")]
    public async Task Every_answer_has_the_security_headers(string path)
    {
        using var visitor = await shared.OpenAsync();
        using var response = await visitor.Client.GetAsync(path, Token);
        Assert.Contains("default-src 'none'", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
    }

    [Fact]
    public async Task Cookie_is_not_readable_by_scripts_and_not_sent_from_other_sites()
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(shared.Stage.Address, Token);
        var cookie = Header(response, "Set-Cookie");
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    public static TheoryData<string, string, byte[], HttpStatusCode> Uploads => new()
    {
        { "a page as a PNG", "image/png", [.. "<html><script>alert(1)</script></html>"u8], HttpStatusCode.UnsupportedMediaType },
        { "a drawing with scripts", "image/svg+xml", [.. "<svg/>"u8], HttpStatusCode.UnsupportedMediaType },
        { "a page", "text/html", [.. "<html/>"u8], HttpStatusCode.UnsupportedMediaType },
        { "nothing", "image/png", [], HttpStatusCode.UnsupportedMediaType },
        { "too much", "image/png", new byte[(10 * 1024 * 1024) + 1], HttpStatusCode.RequestEntityTooLarge },
    };

    [Theory]
    [MemberData(nameof(Uploads))]
    public async Task Only_images_of_limited_size_are_stored(string name, string mediaType, byte[] content, HttpStatusCode expected)
    {
        using var visitor = await shared.OpenAsync();
        var (status, problem) = await visitor.UploadAsync(content, mediaType);
        Assert.Equal((name, expected), (name, status));
        Assert.Equal((int)expected, (int)problem!["status"]!);
    }

    [Fact]
    public async Task Uploaded_file_is_served_as_the_image_that_it_is()
    {
        using var visitor = await shared.OpenAsync();
        byte[] jpeg = [0xFF, 0xD8, 0xFF, .. "<script>"u8];
        var (_, file) = await visitor.UploadAsync(jpeg, "image/png");
        using var response = await visitor.Client.GetAsync((string)file!["url"]!, Token);
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("default-src 'none'; sandbox", Header(response, "Content-Security-Policy"));
    }

    [Fact]
    public async Task Answers_contain_no_address_of_the_service_and_no_path()
    {
        using var visitor = await shared.OpenAsync();
        var image = await visitor.GenerateAsync(new { prompt = "a puppy" });
        var (_, list) = await visitor.GetAsync("/images");
        foreach (var text in new[] { image.ToJsonString(), list!.ToJsonString() })
        {
            Assert.DoesNotContain("http", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("esxscloud", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("task_", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Path.GetTempPath(), text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Invalid_json_is_a_problem_without_a_stack()
    {
        using var visitor = await shared.OpenAsync();
        using var content = new StringContent("{", Encoding.UTF8, "application/json");
        using var response = await visitor.Client.PostAsync("/quotes", content, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain(" at ", text, StringComparison.Ordinal);
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(' ', response.Headers.GetValues(name));
}
