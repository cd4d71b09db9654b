using Microsoft.Extensions.AI;
using NSubstitute;

namespace ImaNanoBanana.Tests.Client;

/// <summary>
/// Every method that extends <see cref="IImaImageClient"/>, on a substitute: it names the member that the test has not set up, and needs
/// only the members that docs/testing.md lists.
/// </summary>
public sealed class SubstituteTests : IDisposable
{
    private static readonly ImageRequest Request = new("a puppy");
    private static readonly ImageTask Submitted = new("task_1");
    private static readonly GeneratedImage Image = new(new Uri("https://images.test/1.png"));
    private static readonly ImageResult Result = new(Submitted, [Image]);
    private static readonly ImageQuote Quote = new()
    {
        Count = 1,
        CreditsPerImage = 6,
        Model = ImageModel.NanoBanana2,
        ModelName = "Nano Banana 2",
        ModelVersion = "1",
        TaskType = ImageTaskType.TextToImage,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    /// <summary>Each method, the member that is missing first, and what the error calls the method.</summary>
    public static TheoryData<string, string> Missing => new()
    {
        { "GenerateAsync with progress", "GenerateStreamingAsync" },
        { "WaitForCompletionAsync with a task id", "WaitForCompletionAsync" },
        { "GenerateBatchAsync", "GenerateStreamingAsync" },
        { "StreamMessagesAsync", "QuoteAsync" },
        { "StreamMessagesAsync, quoted", "SubmitAsync(ImageQuote)" },
        { "StreamMessagesAsync, submitted", "WatchAsync" },
        { "StreamMessagesAsync of a task", "WatchAsync" },
        { "SaveAsync", "DownloadAsync" },
        { "IImageGenerator", "GenerateAsync" },
        { "IImageGenerator, hosted", "SubmitAsync(ImageRequest)" },
        { "IImageGenerator, fetched", "WaitForCompletionAsync" },
        { "IImageGenerator, generated", "DownloadAsync" },
        { "AsImageTools", "GenerateAsync" },
        { "quote_image", "QuoteAsync" },
        { "get_image_status", "GetStatusAsync" },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => TestFolder.Delete(_folder);

    [Theory]
    [MemberData(nameof(Missing))]
    public async Task Member_that_is_not_set_up_is_named(string method, string member)
    {
        var client = Substitute.For<IImaImageClient>();
        if (method.EndsWith(", quoted", StringComparison.Ordinal) || method.EndsWith(", submitted", StringComparison.Ordinal))
        {
            client.QuoteAsync(Arg.Any<ImageRequest>(), Arg.Any<CancellationToken>()).Returns(Quote);
        }

        if (method.EndsWith(", submitted", StringComparison.Ordinal))
        {
            client.SubmitAsync(Arg.Any<ImageQuote>(), Arg.Any<CancellationToken>()).Returns(Submitted);
        }

        if (method.EndsWith(", generated", StringComparison.Ordinal))
        {
            client.GenerateAsync(Arg.Any<ImageRequest>(), Arg.Any<CancellationToken>()).Returns(Result);
        }

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => CallAsync(client, method));

        Assert.Contains($"IImaImageClient.{member}, which ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith($"set up {member}.", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Other mocking libraries return null in place of a task or a stream.</summary>
    [Fact]
    public async Task Member_that_returns_null_is_named()
    {
        var client = Substitute.For<IImaImageClient>();
        client.GenerateStreamingAsync(Arg.Any<ImageRequest>(), Arg.Any<CancellationToken>())
            .Returns((IAsyncEnumerable<ImageProgress>)null!);
        client.WaitForCompletionAsync(Arg.Any<ImageTask>(), Arg.Any<CancellationToken>()).Returns((Task<ImageResult>)null!);

        var streaming = await Assert.ThrowsAsync<InvalidOperationException>(() => CallAsync(client, "GenerateBatchAsync"));
        var waiting = await Assert.ThrowsAsync<InvalidOperationException>(
            () => CallAsync(client, "WaitForCompletionAsync with a task id"));

        Assert.Equal(
            (
                "IImaImageClient.GenerateStreamingAsync, which GenerateBatchAsync calls, returned no stream. In a test with a substitute "
                    + "for the client, set up GenerateStreamingAsync.",
                "IImaImageClient.WaitForCompletionAsync, which WaitForCompletionAsync with a task id calls, returned nothing. In a test "
                    + "with a substitute for the client, set up WaitForCompletionAsync."),
            (streaming.Message, waiting.Message));
    }

    [Theory]
    [InlineData("GenerateAsync with progress")]
    [InlineData("WatchAsync with a task id")]
    [InlineData("WaitForCompletionAsync with a task id")]
    [InlineData("GenerateBatchAsync")]
    [InlineData("StreamMessagesAsync")]
    [InlineData("StreamMessagesAsync of a task")]
    [InlineData("SaveAsync")]
    [InlineData("IImageGenerator")]
    [InlineData("IImageGenerator, hosted")]
    [InlineData("IImageGenerator, fetched")]
    [InlineData("IImageGenerator, generated")]
    [InlineData("AsImageTools")]
    [InlineData("quote_image")]
    [InlineData("get_image_status")]
    public async Task Method_works_on_a_substitute(string method)
    {
        var client = Substitute.For<IImaImageClient>();
        client.GenerateAsync(Arg.Any<ImageRequest>(), Arg.Any<CancellationToken>()).Returns(Result);
        client.GenerateStreamingAsync(Arg.Any<ImageRequest>(), Arg.Any<CancellationToken>()).Returns(_ => Steps());
        client.WatchAsync(Arg.Any<ImageTask>(), Arg.Any<CancellationToken>()).Returns(_ => Steps());
        client.WaitForCompletionAsync(Arg.Any<ImageTask>(), Arg.Any<CancellationToken>()).Returns(Result);
        client.QuoteAsync(Arg.Any<ImageRequest>(), Arg.Any<CancellationToken>()).Returns(Quote);
        client.SubmitAsync(Arg.Any<ImageQuote>(), Arg.Any<CancellationToken>()).Returns(Submitted);
        client.SubmitAsync(Arg.Any<ImageRequest>(), Arg.Any<CancellationToken>()).Returns(Submitted);
        client.GetStatusAsync(Arg.Any<ImageTask>(), Arg.Any<CancellationToken>()).Returns(new ImageProgress(ImageStage.Generating));
        client.DownloadAsync(Arg.Any<GeneratedImage>(), Arg.Any<Stream>(), Arg.Any<CancellationToken>()).Returns(async call =>
        {
            await call.Arg<Stream>().WriteAsync(Downloads.DownloadTests.Png, Token);
            return new ImageDownload
            {
                MediaType = "image/png",
                Length = Downloads.DownloadTests.Png.Length,
                Sha256 = "00",
                Width = 1,
                Height = 1,
            };
        });

        await CallAsync(client, method);
    }

    private static async IAsyncEnumerable<ImageProgress> Steps()
    {
        await Task.Yield();
        yield return new ImageProgress(ImageStage.Completed) { Task = Submitted, Result = Result };
    }

    private static async Task ReadAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (var item in items)
        {
            Assert.NotNull(item);
        }
    }

    private Task CallAsync(IImaImageClient client, string method) => method switch
    {
        "GenerateAsync with progress" => client.GenerateAsync(Request, new Progress<ImageProgress>(), Token),
        "WatchAsync with a task id" => ReadAsync(client.WatchAsync("task_1", Token)),
        "WaitForCompletionAsync with a task id" => client.WaitForCompletionAsync("task_1", Token),
        "GenerateBatchAsync" => ReadAsync(client.GenerateBatchAsync([Request], cancellationToken: Token)),
        "StreamMessagesAsync of a task" => ReadAsync(
            client.StreamMessagesAsync(Submitted, ImaLanguage.English, cancellationToken: Token)),
        "SaveAsync" => client.SaveAsync(Image, Path.Combine(_folder.FullName, "puppy"), cancellationToken: Token),
        "IImageGenerator" => GeneratorCallAsync(client, "a puppy", ImageGenerationResponseFormat.Uri),
        "IImageGenerator, hosted" => GeneratorCallAsync(client, "a puppy", ImageGenerationResponseFormat.Hosted),
        "IImageGenerator, generated" => GeneratorCallAsync(client, "a puppy", ImageGenerationResponseFormat.Data),
        "IImageGenerator, fetched" => GeneratorCallAsync(
            client, null, ImageGenerationResponseFormat.Uri, new HostedFileContent(Submitted.ToHandle())),
        "AsImageTools" => ToolAsync(client, 0, "prompt"),
        "quote_image" => ToolAsync(client, 2, "prompt"),
        "get_image_status" => ToolAsync(client, 3, "task"),
        _ => ReadAsync(client.StreamMessagesAsync(Request, ImaLanguage.English, cancellationToken: Token)),
    };

    private static Task<ImageGenerationResponse> GeneratorCallAsync(
        IImaImageClient client, string? prompt, ImageGenerationResponseFormat format, params AIContent[] images) =>
        client.AsIImageGenerator().GenerateAsync(
            new ImageGenerationRequest { Prompt = prompt, OriginalImages = images },
            new ImageGenerationOptions { ResponseFormat = format },
            Token);

    private static Task<object?> ToolAsync(IImaImageClient client, int tool, string argument) =>
        client.AsImageTools()[tool].InvokeAsync(new AIFunctionArguments { [argument] = "a puppy" }, Token).AsTask();
}
