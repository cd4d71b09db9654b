using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Tests.Client;

/// <summary>If the service or an app's handler quotes the key, it never reaches an error.</summary>
public class QuotedKeyTests
{
    private const string Key = "ima_secret+key/0123=";

    /// <summary>The start of a PNG, which is all that the SDK checks.</summary>
    private static ImageInput Pixel =>
        ImageInput.FromBytes(
            new byte[]
            {
                0x89,
                0x50,
                0x4E,
                0x47,
                0x0D,
                0x0A,
                0x1A,
                0x0A,
                0,
                0,
                0,
                0x0D,
                0x49,
                0x48,
                0x44,
                0x52,
                0,
                0,
                0,
                1,
                0,
                0,
                0,
                1,
                8,
                6,
                0,
                0,
                0
            });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Endpoints()
    {
        var data = new TheoryData<string, string>();
        foreach (var endpoint in new[] { "list", "create", "detail", "getuploadtoken" })
        {
            data.Add(endpoint, string.Concat(Key.Select(letter => $"\\u{(int)letter:x4}")));
            data.Add(endpoint, Key.Replace("=", "\\u003d", StringComparison.Ordinal));
            data.Add(endpoint, Uri.EscapeDataString(Key).Replace("%2B", "%2b", StringComparison.Ordinal));
            data.Add(endpoint, string.Concat(Key.Select(letter => $"&#x{(int)letter:x};")));
        }

        return data;
    }

    /// <summary>The texts of an error come from decoded answers and contain the key in no encoding.</summary>
    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Key_in_another_encoding_reaches_no_error(string endpoint, string spelling)
    {
        using var handler = new ScriptedHandler().With(endpoint, (200, $$"""{"code":7777,"message":"bad token {{spelling}} ends here"}"""));
        using var client = Client(handler);

        var error = await Assert.ThrowsAsync<ImaException>(
            () => endpoint == "getuploadtoken" ? client.UploadAsync(Pixel, Token) : SubmitAsync(client));

        Assert.Contains("ends here", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "secret", Uri.UnescapeDataString(System.Net.WebUtility.HtmlDecode(error.ToString())), StringComparison.Ordinal);
    }

    /// <summary>The same holds for the reason of a failed image.</summary>
    [Fact]
    public async Task Key_in_another_encoding_reaches_no_reason()
    {
        var spelling = string.Concat(Key.Select(letter => $"\\u{(int)letter:X4}"));
        using var handler = new ScriptedHandler().With(
            "detail",
            (200, $$$"""{"code":200,"data":{"medias":[{"resource_status":2,"error_msg":"token {{{spelling}}}"}]}}"""));
        using var client = Client(handler);

        var error = await Assert.ThrowsAsync<ImaException>(() => SubmitAsync(client));

        Assert.Equal($"token {new string('*', spelling.Length)}", Assert.Single(error.Failures).Reason);
    }

    private static async Task<Exception?> FailureAsync(ImaImageClient client) => await Record.ExceptionAsync(() => SubmitAsync(client));

    /// <summary>An app's handler that quotes its request in a cancellation does not reveal the key.</summary>
    [Theory]
    [InlineData("list")]
    [InlineData("create")]
    [InlineData("detail")]
    [SuppressMessage("Reliability", "CA2025", Justification = "The work is awaited before the client is disposed.")]
    public async Task Handler_that_quotes_its_request_does_not_reveal_the_key(string endpoint)
    {
        using var handler = new QuotingHandler(endpoint) { InnerHandler = new ScriptedHandler() };
        var time = new TestTimeProvider();
        using var client = Client(handler, time);

        var work = FailureAsync(client);
        await time.RunAsync(work, TimeSpan.FromMinutes(1), Token);

        Assert.NotNull(await work);
        for (var error = await work; error is not null; error = error.InnerException)
        {
            var data = string.Concat(error.Data.Cast<DictionaryEntry>().Select(entry => $"{entry.Key}{entry.Value}"));
            Assert.DoesNotContain(Key, $"{error} {error.HelpLink} {data}", StringComparison.Ordinal);
        }
    }

    private static ImaImageClient Client(HttpMessageHandler handler, TimeProvider? time = null)
    {
        var options = TestClient.PatientOptions();
        options.ApiKey = Key;
        return TestClients.Create(options, handler, time);
    }

    private static Task<ImageResult> SubmitAsync(ImaImageClient client) =>
        client.GenerateAsync(new ImageRequest("a puppy"), Token);

    private sealed class QuotingHandler(string endpoint) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.AbsolutePath.EndsWith(endpoint, StringComparison.Ordinal)
                ? throw new TaskCanceledException(
                    $"timed out: {request}",
                    new IOException($"{request.Headers}"))
                { HelpLink = request.Headers.ToString(), Data = { ["request"] = request } }
                : base.SendAsync(request, cancellationToken);
    }
}
