using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/errors.md, compiled and run.</summary>
public class ErrorsSnippets
{
    [Theory]
    [InlineData(ImaErrorKind.TimedOut, """resume later: {"v":1,"id":"task_1"}""")]
    [InlineData(ImaErrorKind.WatchFailed, """resume later: {"v":1,"id":"task_1"}""")]
    [InlineData(ImaErrorKind.TaskFailed, "Image generation failed. Try another model")]
    [InlineData(
        ImaErrorKind.OutcomeUnknown,
        "The request was not confirmed, and credits may have been spent. Check your credits before you submit it again")]
    public async Task Error_is_handled_by_what_it_cost(ImaErrorKind kind, string answer)
    {
        var client = Substitute.For<IImaImageClient>();
        client.GenerateAsync(Arg.Any<ImageRequest>(), Arg.Any<CancellationToken>())
            .ThrowsAsync(new ImaException(kind, "text") { Task = new ImageTask("task_1") });

        Assert.Equal(answer, await AnswerAsync(client, new ImageRequest("a puppy"), new Later(), TestContext.Current.CancellationToken));
    }

    private static async Task<string> AnswerAsync(
        IImaImageClient client, ImageRequest request, Later later, CancellationToken cancellationToken)
    {
        // >>>
        try
        {
            var result = await client.GenerateAsync(request, cancellationToken);
            return result.Image.Url.AbsoluteUri;
        }
        catch (ImaException exception) when (
            exception.Task is { } task && exception.ChargeStatus == ImaChargeStatus.Charged && exception.Kind != ImaErrorKind.TaskFailed)
        {
            // Charged, and perhaps ready by now: resume it later with WaitForCompletionAsync(ImageTask.FromHandle(handle)).
            return await later.KeepAsync(task.ToHandle(), cancellationToken);
        }
        catch (ImaException exception)
        {
            Console.WriteLine(
                $"No image. Charged: {exception.ChargeStatus}, next: {exception.RetryGuidance}, key {exception.IdempotencyKey}. "
                    + exception.Message);
            return $"{exception.GetAdvice().Reason}. {exception.GetAdvice().Suggestion}";
        }
        // <<<
    }

    private sealed class Later
    {
        private readonly List<string> _handles = [];

        public Task<string> KeepAsync(string handle, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _handles.Add(handle);
            return Task.FromResult("resume later: " + handle);
        }
    }
}
