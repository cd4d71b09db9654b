using System.Text;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Tests.Fuzzing;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Transport;

/// <summary>Answers to a create that arrive incomplete, or whose headers only a tolerant reader can parse.</summary>
public class LostAnswerTests
{
    private const string Accepted = """{"code":200,"data":{"id":"task_1"}}""";

    [Theory]
    [InlineData(200, """{"code":200,"data":{"id":"task_1",""", "task_1")]
    [InlineData(429, """{"code":429,"data":{"id":"task_1",""", "task_1")]
    [InlineData(200, """{"code":200,"data":{"id":"tas""", null)]
    public async Task Id_in_the_received_part_is_kept_and_no_second_create_follows(int status, string body, string? id)
    {
        using var handler = new OneCreateHandler(new FuzzedAnswer(status, Encoding.UTF8.GetBytes(body)) { Delivery = Delivery.CutOff });
        using var client = TestClient.Create(handler);

        var exception = await Assert.ThrowsAsync<ImaException>(
            () => client.SubmitAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken));

        Assert.Equal((ImaErrorKind.OutcomeUnknown, id, 1), (exception.Kind, exception.Task?.Id, handler.Creates));
    }

    [Fact]
    public async Task Submission_is_accepted_when_only_the_end_of_the_connection_is_missing()
    {
        using var handler = new OneCreateHandler(new FuzzedAnswer(200, Encoding.UTF8.GetBytes(Accepted)) { Delivery = Delivery.CutOff });
        using var client = TestClient.Create(handler);

        Assert.Equal("task_1", (await client.SubmitAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken)).Id);
    }

    [Theory]
    [InlineData("2147483648")]
    [InlineData("99999999999999999999")]
    public async Task Wait_that_the_platform_cannot_parse_is_a_long_wait(string retryAfter)
    {
        using var handler = new OneCreateHandler(new FuzzedAnswer(429, []) { RetryAfter = [retryAfter] });
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);

        var start = client.SubmitAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken);
        await time.RunAsync(start, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<ImaException>(() => start);
        Assert.Equal((ImaErrorKind.RateLimited, TimeSpan.FromDays(366), 1), (exception.Kind, exception.RetryAfter, handler.Creates));
    }

    /// <summary>Returns a product list and answers every create in the same way.</summary>
    private sealed class OneCreateHandler(FuzzedAnswer answer) : HttpMessageHandler
    {
        public int Creates { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get)
            {
                return new FuzzedAnswer(200, Encoding.UTF8.GetBytes($$"""{"code":200,"data":{{ScriptedHandler.Catalog}}}""")).ToResponse();
            }

            Creates++;
            await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            return answer.ToResponse();
        }
    }
}
