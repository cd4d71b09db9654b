using System.Net;
using System.Text;
using System.Text.Json;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Transport;

public class KeyMaskTests
{
    private const string Key = "ima_0123456789+/abc";

    private static readonly KeyMask Mask = new(Key);

    public static TheoryData<string> Quotes() =>
    [
        $"{{\"message\":\"Bearer {Key}\"}}",
        "{\"message\":\"appUid=" + Uri.EscapeDataString(Key) + "\"}",
        JsonSerializer.Serialize(new { message = $"{Key} and {Key}" }),
        "{\"message\":\"" + Key.Replace("/", "\\/", StringComparison.Ordinal) + "\"}",
    ];

    [Theory]
    [MemberData(nameof(Quotes))]
    public void Key_is_masked_however_it_is_written_and_the_length_stays(string answer)
    {
        var masked = Masked(answer);

        Assert.Equal(answer.Length, masked.Length);
        Assert.DoesNotContain("0123456789", masked, StringComparison.Ordinal);
        Assert.EndsWith("\"}", masked, StringComparison.Ordinal);
        Assert.Equal(masked, Mask.In(answer));
    }

    [Fact]
    public void Answer_without_the_key_is_unchanged()
    {
        const string Answer = """{"code":200,"data":{"id":"ima_0123456789"}}""";

        Assert.Equal(Answer, Masked(Answer));
    }

    /// <summary>A test's key such as "id" must not garble the answer to an order.</summary>
    [Fact]
    public void Text_too_short_for_a_key_is_not_looked_for() =>
        Assert.Equal("""{"id":"task"}""", new KeyMask("id").In("""{"id":"task"}"""));

    [Fact]
    public async Task Answer_is_masked_in_reason_headers_and_body()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.BadRequest) { ReasonPhrase = "no " + Key, Content = new StringContent("no " + Key) };
        response.Headers.TryAddWithoutValidation("X-Echo", ["one", Key]);
        response.Content.Headers.TryAddWithoutValidation("X-Content-Echo", Key);

        using var request = new HttpRequestMessage();
        using var answer = (await WireAnswer.ReadAsync(response, Mask, TestContext.Current.CancellationToken)).ToResponse(request);

        var stars = new string('*', Key.Length);
        Assert.Equal("no " + stars, answer.ReasonPhrase);
        Assert.Equal(["one", stars], answer.Headers.GetValues("X-Echo"));
        Assert.Equal([stars], answer.Content.Headers.GetValues("X-Content-Echo"));
        Assert.Equal(Key.Length + 3, answer.Content.Headers.ContentLength);
        Assert.Equal("no " + stars, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Exception_is_replaced_only_where_its_text_holds_the_key()
    {
        var harmless = new IOException("lost");
        var cancelled = new OperationCanceledException(Key);

        var masked = Assert.IsType<HttpRequestException>(Mask.In(new HttpRequestException(HttpRequestError.ConnectionError, "no", new IOException(Key))));

        Assert.Same(harmless, Mask.In(harmless));
        Assert.Same(cancelled, Mask.In(cancelled));
        Assert.Equal(HttpRequestError.ConnectionError, masked.HttpRequestError);
        Assert.DoesNotContain(Key, masked.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, Mask.In(new UnreadableException()).ToString(), StringComparison.Ordinal);
    }

    private static string Masked(string answer)
    {
        var bytes = Encoding.ASCII.GetBytes(answer);
        Mask.In(bytes.AsSpan());
        return Encoding.ASCII.GetString(bytes);
    }

    private sealed class UnreadableException : Exception
    {
        public override string ToString() => throw new InvalidOperationException(Key);
    }
}
