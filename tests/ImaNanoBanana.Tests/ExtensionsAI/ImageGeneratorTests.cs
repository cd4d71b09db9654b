using System.Drawing;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.AI;
using Names = ImaNanoBanana.ImaImageGenerationProperties;

namespace ImaNanoBanana.Tests.ExtensionsAI;

public sealed class ImageGeneratorTests : IDisposable
{
    private readonly GeneratorShop _shop = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Prompt_alone_submits_one_image_and_returns_its_url()
    {
        var response = await _shop.RunAsync(_shop.Generator.GenerateImagesAsync("a puppy", cancellationToken: Token));

        var result = Assert.IsType<ImageResult>(response.RawRepresentation);
        var image = Assert.IsType<UriContent>(Assert.Single(response.Contents));
        Assert.Equal((result.Image.Url, "image/png", result.Image), (image.Uri, image.MediaType, image.RawRepresentation));
        Assert.Equal([KeyValuePair.Create(Names.Credits, 6L)], response.Usage!.AdditionalCounts!);
        Assert.Null(response.Usage.TotalTokenCount);
        Assert.Equal(
            [(Names.Task, result.Task.ToHandle()), (Names.Credits, 6m), (Names.AspectRatio, "1:1"), (Names.Size, "1K")],
            image.AdditionalProperties!.Select(property => (property.Key, property.Value!)));
        Assert.Equal("a puppy", Assert.Single(_shop.Simulator.Charges).Prompt);
        Assert.Equal([6m], _shop.Charged);
        Assert.Empty(_shop.Simulator.Violations);
        Assert.Empty(_shop.Simulator.Differences);
    }

    [Fact]
    public async Task Count_and_model_are_submitted_and_every_image_is_delivered()
    {
        var response = await _shop.GenerateAsync("a puppy", new ImageGenerationOptions { Count = 3, ModelId = "gemini-3-pro-image" });

        Assert.Equal([30m], _shop.Charged);
        Assert.Equal(30, response.Usage!.AdditionalCounts![Names.Credits]);
        Assert.Equal(3, response.Contents.Cast<UriContent>().Select(image => image.Uri).Distinct().Count());
        Assert.Equal(("gemini-3-pro-image", 3), ((string?)_shop.Submission["parameters"]![0]!["model_id"], (int)_shop.Parameters["n"]!));
        Assert.All(response.Contents, image => Assert.Equal(30m, image.AdditionalProperties![Names.Credits]));
    }

    [Fact]
    public async Task Data_is_downloaded_and_verified()
    {
        var response = await _shop.GenerateAsync(
            "a puppy", new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Data, Count = 2 });

        Assert.Equal(2, response.Contents.Count);
        Assert.All(response.Contents.Cast<DataContent>(), image =>
        {
            Assert.Equal("image/png", image.MediaType);
            Assert.Equal("89504E470D0A1A0A0000000D494844520000040000000400", Convert.ToHexString(image.Data.Span[..24]));
            Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(image.Data.Span[^12..]));
        });
        Assert.Equal(12, response.Usage!.AdditionalCounts![Names.Credits]);
        Assert.Equal([12m], _shop.Charged);
    }

    [Fact]
    public async Task Image_that_cannot_be_downloaded_is_not_lost()
    {
        _shop.Simulator.Script("image", new SimulatedFault(), new SimulatedFault { Status = 404 });

        var exception = await Assert.ThrowsAsync<ImaException>(() =>
            _shop.GenerateAsync("a puppy", new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Data, Count = 2 }));

        Assert.Equal((ImaErrorKind.DownloadFailed, ImaChargeStatus.Charged, 404), (exception.Kind, exception.ChargeStatus, exception.Code));
        Assert.Equal(2, exception.ReadyImages.Count);
        Assert.Equal(exception.Task!.IdempotencyKey, exception.IdempotencyKey);
        var again = await _shop.FetchAsync(
            new HostedFileContent(exception.Task.ToHandle()),
            new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Data });
        Assert.Equal(2, again.Contents.OfType<DataContent>().Count());
        Assert.Equal([12m], _shop.Charged);
    }

    [Theory]
    [InlineData("create", 0)]
    [InlineData("detail", 0)]
    [InlineData("1.png", 1)]
    public async Task Cancelling_leaves_the_task_that_was_charged(string during, int downloads)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _shop.Wire.Seen = endpoint => (endpoint == during ? cancel : null)?.Cancel();
        var options = new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Data };

        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() =>
            _shop.RunAsync(_shop.Generator.GenerateAsync(new ImageGenerationRequest("a puppy"), options, cancel.Token)));

        Assert.Equal((ImaChargeStatus.Charged, cancel.Token), (exception.ChargeStatus, exception.CancellationToken));
        Assert.Equal(_shop.Simulator.Charges.Single().TaskId, exception.Task!.Id);
        Assert.Equal(exception.Task.IdempotencyKey, exception.IdempotencyKey);
        Assert.Equal(downloads, _shop.Count("1.png"));
        var fetched = await _shop.FetchAsync(new HostedFileContent(exception.Task.ToHandle()), options);
        Assert.IsType<DataContent>(Assert.Single(fetched.Contents));
        Assert.Equal([6m], _shop.Charged);
    }

    [Fact]
    public async Task Cancelled_token_submits_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() =>
            _shop.Generator.GenerateAsync(
                new ImageGenerationRequest("a puppy"), new ImageGenerationOptions { ImageSize = new Size(10, 10) }, cancelled));

        Assert.Equal(ImaChargeStatus.NotCharged, exception.ChargeStatus);
        Assert.Equal(0, _shop.Count("create"));
    }

    [Fact]
    public async Task Errors_of_the_client_are_rethrown_unchanged()
    {
        _shop.Simulator.Balance = 5;

        var exception = await Assert.ThrowsAsync<ImaException>(() => _shop.GenerateAsync("a puppy"));

        Assert.Equal(
            (ImaErrorKind.InsufficientCredits, ImaChargeStatus.NotCharged, 4008, null),
            (exception.Kind, exception.ChargeStatus, exception.Code, exception.InnerException));
        Assert.Empty(_shop.Charged);
    }

    [Fact]
    public async Task Changed_submission_is_reported_on_every_image()
    {
        var options = new ImageGenerationOptions { AdditionalProperties = new() { [Names.Size] = "8K" } };

        var response = await _shop.GenerateAsync("a puppy", options);

        var facts = Assert.Single(response.Contents).AdditionalProperties!;
        Assert.Equal(("4K", "size: 8K -> 4K"), (facts[Names.Size], facts[Names.Adjustments]));
        Assert.Equal([13m], _shop.Charged);
    }

    [Fact]
    public async Task Missing_request_or_prompt_is_rejected_before_anything_is_sent()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("request", () => _shop.Generator.GenerateAsync(null!, null, Token));
        await Assert.ThrowsAsync<ArgumentNullException>("request", () => _shop.GenerateAsync(null));
        await Assert.ThrowsAsync<ArgumentNullException>(
            "request", () => _shop.GenerateAsync(null, images: [new UriContent("https://images.example/1.png", "image/png")]));
        var exception = await Assert.ThrowsAsync<ImaException>(() => _shop.GenerateAsync(" "));

        Assert.Equal((ImaErrorKind.InvalidRequest, ImaInvalidRequestReason.Prompt), (exception.Kind, exception.InvalidRequestReason));
        Assert.Empty(_shop.Requests);
    }

    [Theory]
    [InlineData("image/png", true)]
    [InlineData("IMAGE/JPEG", true)]
    [InlineData("image/webp", true)]
    [InlineData("image/gif", true)]
    [InlineData("image/*", true)]
    [InlineData(null, true)]
    [InlineData("image/svg+xml", false)]
    [InlineData("image/avif", false)]
    [InlineData("video/mp4", false)]
    [InlineData("png", false)]
    [InlineData("", false)]
    public async Task Media_type_that_the_service_never_returns_is_rejected(string? mediaType, bool isPossible)
    {
        var work = _shop.GenerateAsync("a puppy", new ImageGenerationOptions { MediaType = mediaType });

        if (isPossible)
        {
            Assert.Equal("image/png", Assert.IsType<UriContent>((await work).Contents.Single()).MediaType);
        }
        else
        {
            await Assert.ThrowsAsync<NotSupportedException>(() => work);
            Assert.Empty(_shop.Requests);
        }
    }

    [Fact]
    public async Task Unknown_response_format_is_rejected()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() =>
            _shop.GenerateAsync("a puppy", new ImageGenerationOptions { ResponseFormat = (ImageGenerationResponseFormat)99 }));

        Assert.Empty(_shop.Requests);
    }

    [Theory]
    [InlineData("png", "image/png")]
    [InlineData("JPG", "image/jpeg")]
    [InlineData("jpeg", "image/jpeg")]
    [InlineData("webp", "image/webp")]
    [InlineData("gif", "image/gif")]
    [InlineData("*", "image/*")]
    [InlineData("tiff", "image/*")]
    [InlineData("no; media type", "image/*")]
    [InlineData("", "image/*")]
    [InlineData(null, "image/*")]
    public void Reported_format_is_a_media_type_or_any_image(string? format, string expected) =>
        Assert.Equal(expected, ImageMediaTypes.FromFormat(format));
}
