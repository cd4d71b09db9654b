namespace ImaNanoBanana.Tests.Client;

/// <summary>An app's retry layer that follows the documentation: it repeats <see cref="ImaRetryGuidance.SubmitAgain"/>.</summary>
public class RetryLayerTests
{
    private const string Refused = """{"code":200,"data":{"medias":[{"resource_status":2,"error_msg":"The prompt violates the content policy"}]}}""";

    /// <summary>A prompt that the service refuses within the task is charged once, not once per round.</summary>
    [Fact]
    public async Task Refused_prompt_is_charged_once()
    {
        using var handler = new ScriptedHandler().With("detail", (200, Refused));
        using var client = TestClient.Create(handler);

        var error = await RepeatedAsync(client);

        Assert.Equal((ImaErrorKind.TaskFailed, ImaRetryGuidance.SubmitAgainAtNewCost), (error.Kind, error.RetryGuidance));
        Assert.Equal(1, handler.Count("create"));
    }

    /// <summary>A submission that was not charged is still repeated.</summary>
    [Fact]
    public async Task Uncharged_submission_is_repeated()
    {
        using var handler = new ScriptedHandler().With("list", (503, ""));
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetryReads = false }, handler);

        await RepeatedAsync(client);

        Assert.Equal((4, 0), (handler.Count("list"), handler.Count("create")));
    }

    private static async Task<ImaException> RepeatedAsync(ImaImageClient client)
    {
        for (var round = 1; ; round++)
        {
            try
            {
                await client.GenerateAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken);
            }
            catch (ImaException error) when (error.RetryGuidance != ImaRetryGuidance.SubmitAgain || round == 4)
            {
                return error;
            }
            catch (ImaException)
            {
                // The next round.
            }
        }
    }
}
