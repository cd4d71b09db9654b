using System.Text.Json;
using Microsoft.Extensions.AI;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Names = ImaNanoBanana.ImaImageGenerationProperties;

namespace ImaNanoBanana.Tests.ExtensionsAI;

/// <summary>What a response reports about results that the simulator does not produce.</summary>
public class GeneratorAnswerTests
{
    private static readonly GeneratedImage Image = new(new Uri("https://images.test/1"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Partial_success_is_reported_on_the_returned_images()
    {
        var result = new ImageResult(new ImageTask("task_1") { CreditsPerImage = 6, Count = 3 }, [Image])
        {
            Failures = [new ImageFailure("too dark", IsDeleted: false), new ImageFailure("too bright", IsDeleted: true)],
        };

        var response = await Generator(result).GenerateAsync(new ImageGenerationRequest("a puppy"), null, Token);

        var content = Assert.Single(response.Contents);
        Assert.Equal("too dark; too bright", content.AdditionalProperties![Names.Failures]);
        Assert.Equal((18m, 18L), (content.AdditionalProperties[Names.Credits], response.Usage!.AdditionalCounts![Names.Credits]));
        Assert.Same(result, response.RawRepresentation);
    }

    /// <summary>Images that were not listed in time are charged and may still appear.</summary>
    [Fact]
    public async Task Images_that_are_missing_are_reported_on_the_returned_images()
    {
        var result = new ImageResult(new ImageTask("task_1") { CreditsPerImage = 6, Count = 4 }, [Image])
        {
            Failures = [new ImageFailure("too dark", IsDeleted: false)],
            MissingCount = 2,
        };

        var response = await Generator(result).GenerateAsync(new ImageGenerationRequest("a puppy"), null, Token);

        var reasons = ((string)Assert.Single(response.Contents).AdditionalProperties![Names.Failures]!).Split("; ");
        Assert.Equal(("too dark", 3), (reasons[0], reasons.Length));
        Assert.Contains("later", reasons[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_learns_that_images_are_missing_and_how_to_get_them()
    {
        var client = Substitute.For<IImaImageClient>();
        client.GenerateAsync(null!, Token).ReturnsForAnyArgs(
            new ImageResult(new ImageTask("task_1") { Count = 2 }, [Image]) { MissingCount = 1 });
        var tool = client.AsImageTools(new ImageToolOptions { RequireApproval = false })[0];

        var answer = (JsonElement)(await tool.InvokeAsync(new() { ["prompt"] = "a puppy" }, Token))!;

        Assert.Equal(("completed", 1), (answer.GetProperty("status").GetString(), answer.GetProperty("images").GetArrayLength()));
        Assert.Equal(1, answer.GetProperty("failures").GetArrayLength());
        Assert.Contains("get_image_status", answer.GetProperty("suggestion").GetString(), StringComparison.Ordinal);
    }

    /// <summary>What was charged and what was delivered may differ. The bytes alone do not tell.</summary>
    [Theory]
    [InlineData(true, true, null)]
    [InlineData(null, null, null)]
    [InlineData(false, true, "1408x768")]
    [InlineData(true, false, "1408x768")]
    [InlineData(null, false, "1408x768")]
    public async Task Delivered_pixels_are_reported_if_they_are_not_those_that_were_charged(bool? isSize, bool? isRatio, string? expected)
    {
        var client = Substitute.For<IImaImageClient>();
        client.GenerateAsync(null!, Token).ReturnsForAnyArgs(new ImageResult(new ImageTask("task_1"), [Image]));
        client.DownloadAsync(Image, null!, Token).ReturnsForAnyArgs(new ImageDownload
        {
            MediaType = "image/png",
            Width = 1408,
            Height = 768,
            Length = 3,
            MatchesRequestedSize = isSize,
            MatchesRequestedAspectRatio = isRatio,
        });
        using var generator = client.AsIImageGenerator();

        var response = await generator.GenerateAsync(
            new ImageGenerationRequest("a puppy"), new() { ResponseFormat = ImageGenerationResponseFormat.Data }, Token);

        var properties = Assert.Single(response.Contents).AdditionalProperties!;
        Assert.Equal(expected, properties.GetValueOrDefault(Names.DeliveredPixels));
        Assert.Equal("task_1", ImageTask.FromHandle((string)properties[Names.Task]!).Id);
    }

    [Theory]
    [InlineData("4.5", 1, 5)]
    [InlineData("4.5", 2, 9)]
    [InlineData("0", 1, 0)]
    [InlineData("0.0001", 1, 1)]
    [InlineData("79228162514264337593543950335", 1, long.MaxValue)]
    public async Task Usage_rounds_up_and_the_content_has_the_exact_price(string price, int count, long expected)
    {
        var exact = decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture);
        var result = new ImageResult(new ImageTask("task_1") { CreditsPerImage = exact, Count = count }, [Image]);

        var response = await Generator(result).GenerateAsync(new ImageGenerationRequest("a puppy"), null, Token);

        Assert.Equal(expected, response.Usage!.AdditionalCounts![Names.Credits]);
        Assert.Equal(exact * count, response.Contents[0].AdditionalProperties![Names.Credits]);
    }

    [Fact]
    public async Task Unknown_values_are_omitted()
    {
        var response = await Generator(new ImageResult(new ImageTask("task_1"), [Image])).GenerateAsync(
            new ImageGenerationRequest("a puppy"), null, Token);

        Assert.Null(response.Usage);
        Assert.Equal([Names.Task], response.Contents[0].AdditionalProperties!.Keys);
    }

    [Fact]
    public async Task Response_survives_json_with_the_request_and_the_charge()
    {
        var task = new ImageTask("task_1") { CreditsPerImage = 4.5m, Count = 1, Size = ImageSize.Size2K };
        var response = await Generator(new ImageResult(task, [Image])).GenerateAsync(new ImageGenerationRequest("a puppy"), null, Token);

        var json = JsonSerializer.Serialize(response, AIJsonUtilities.DefaultOptions);
        var content = Assert.IsType<UriContent>(
            JsonSerializer.Deserialize<ImageGenerationResponse>(json, AIJsonUtilities.DefaultOptions)!.Contents.Single());

        Assert.Equal(Image.Url, content.Uri);
        Assert.Equal(
            ("4.5", "2K", task.ToHandle()),
            (
                content.AdditionalProperties![Names.Credits]!.ToString(),
                content.AdditionalProperties[Names.Size]!.ToString(),
                content.AdditionalProperties[Names.Task]!.ToString()));
    }

    [Fact]
    public async Task Download_error_with_a_task_is_rethrown_unchanged()
    {
        var error = new ImaException(ImaErrorKind.DownloadFailed, "The image is gone.") { Task = new ImageTask("task_1") };
        var client = Substitute.For<IImaImageClient>();
        client.GenerateAsync(
            Arg.Any<ImageRequest>(), Arg.Any<CancellationToken>()).Returns(new ImageResult(new ImageTask("task_1"), [Image]));
        client.DownloadAsync(Image, Arg.Any<Stream>(), Arg.Any<CancellationToken>()).ThrowsAsync(error);

        var thrown = await Assert.ThrowsAsync<ImaException>(() => client.AsIImageGenerator().GenerateAsync(
            new ImageGenerationRequest("a puppy"),
            new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Data },
            Token));

        Assert.Same(error, thrown);
    }

    private static IImageGenerator Generator(ImageResult result)
    {
        var client = Substitute.For<IImaImageClient>();
        client.GenerateAsync(Arg.Any<ImageRequest>(), Arg.Any<CancellationToken>()).Returns(result);
        return client.AsIImageGenerator();
    }
}
