using System.Drawing;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.AI;
using Names = ImaNanoBanana.ImaImageGenerationProperties;

namespace ImaNanoBanana.Tests.ExtensionsAI;

[Properties(Arbitrary = [typeof(PixelMappingTests)], MaxTest = 2000)]
public sealed class PixelMappingTests : IDisposable
{
    private static readonly string[] FlashRatios = [
        "1:1", "1:4", "1:8", "2:3", "3:2", "3:4", "4:1", "4:3", "4:5", "5:4", "8:1", "9:16", "16:9", "21:9"];
    private static readonly string[] ProRatios = ["1:1", "3:2", "2:3", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"];
    private static readonly string[] FlashSizes = ["512px", "1K", "2K", "4K"];

    private readonly GeneratorShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData(1024, 1024, "1:1", "1K")]
    [InlineData(512, 512, "1:1", "512px")]
    [InlineData(256, 256, "1:1", "512px")]
    [InlineData(1, 1, "1:1", "512px")]
    [InlineData(724, 724, "1:1", "512px")] // The midpoint of 512 and 1024 is 724.08.
    [InlineData(725, 725, "1:1", "1K")]
    [InlineData(640, 480, "4:3", "512px")]
    [InlineData(1280, 720, "16:9", "1K")]
    [InlineData(1024, 512, "16:9", "1K")]
    [InlineData(1536, 1024, "3:2", "2K")]
    [InlineData(1024, 1536, "2:3", "2K")]
    [InlineData(1792, 1024, "16:9", "2K")]
    [InlineData(1920, 1080, "16:9", "2K")]
    [InlineData(1080, 1920, "9:16", "2K")]
    [InlineData(2048, 2048, "1:1", "2K")]
    [InlineData(2560, 1440, "16:9", "2K")]
    [InlineData(3840, 2160, "16:9", "4K")]
    [InlineData(3440, 1440, "21:9", "4K")]
    [InlineData(8192, 8192, "1:1", "4K")]
    [InlineData(int.MaxValue, int.MaxValue, "1:1", "4K")]
    [InlineData(int.MaxValue, 1, "8:1", "4K")]
    [InlineData(1, int.MaxValue, "1:8", "4K")]
    public void Pixels_are_mapped_to_the_nearest_available_values(int width, int height, string ratio, string size)
    {
        Assert.Equal((ratio, size), (NearestRatio(width, height, FlashRatios), NearestSize(width, height, FlashSizes)));
    }

    [Theory]
    [InlineData(2000, 1000, "16:9")]
    [InlineData(5000, 1000, "21:9")]
    [InlineData(1000, 5000, "9:16")]
    public void Model_with_fewer_ratios_uses_its_own_nearest_ratio(int width, int height, string ratio) =>
        Assert.Equal(ratio, NearestRatio(width, height, ProRatios));

    [Theory]
    [InlineData("4:5", "4:5", "5:4")]
    [InlineData("5:4", "5:4", "4:5")]
    [InlineData("2:1", "2:1", "1:2", "4:2")]
    public void Of_equally_near_ratios_the_first_in_the_list_is_used(string ratio, params string[] offered) =>
        Assert.Equal(ratio, NearestRatio(700, 700, offered));

    [Theory]
    [InlineData("7:3", "auto", "16x9", ":1", "1:", "0:1", "-1:1", "1:1:1", "1e1:10", "7:3")]
    [InlineData("0.999:1", "2.35:1", "0.999:1")]
    [InlineData(null, " 1 : 1 ")]
    [InlineData(null, "auto")]
    [InlineData(null, "")]
    public void Values_that_are_not_ratios_are_skipped(string? ratio, params string[] offered) =>
        Assert.Equal(ratio, NearestRatio(700, 700, offered));

    [Theory]
    [InlineData(1448, "1K", "4K", "2K", "1K")] // The edge between 1K and 2K is 1448.15.
    [InlineData(1449, "2K", "4K", "2K", "1K")]
    [InlineData(1024, "1k", "2k", "1k")]
    [InlineData(1500, "2048", "2048", "1024px")]
    [InlineData(9000, "1K", "auto", "1K")]
    [InlineData(9000, null, "0K", "K", "px", "2097152K", "2147483647K")]
    [InlineData(9000, null, "")]
    public void Sizes_are_edges_of_squares(int edge, string? size, params string[] offered) =>
        Assert.Equal(size, NearestSize(edge, edge, offered));

    [Fact]
    public void Of_two_equally_near_sizes_the_smaller_is_used_in_either_order()
    {
        Assert.Equal("512px", NearestSize(1024, 512, ["2K", "512px"]));
        Assert.Equal("512px", NearestSize(1024, 512, ["512px", "2K"]));
        Assert.Equal("2K", NearestSize(1025, 512, ["512px", "2K"]));
    }

    [Property]
    public bool No_available_value_is_nearer_than_the_mapping(Size pixels)
    {
        var ratio = NearestRatio(pixels.Width, pixels.Height, FlashRatios)!;
        var size = NearestSize(pixels.Width, pixels.Height, FlashSizes)!;
        return FlashRatios.All(other => Distance(pixels, ratio) <= Distance(pixels, other) + 1e-9)
            && FlashSizes.All(
                other => Distance(Math.Max(pixels.Width, pixels.Height), Edge(size)) <= Distance(
                    Math.Max(pixels.Width, pixels.Height), Edge(other)) + 1e-9);
    }

    [Property]
    public bool Swapping_width_and_height_swaps_the_ratio_and_keeps_the_size(Size pixels) =>
        Turned(NearestRatio(pixels.Width, pixels.Height, FlashRatios)!) == NearestRatio(
            pixels.Height, pixels.Width, [.. FlashRatios.Select(Turned)])
        && NearestSize(pixels.Width, pixels.Height, FlashSizes) == NearestSize(
            pixels.Height, pixels.Width, FlashSizes.AsEnumerable().Reverse());

    [Property]
    public bool Larger_image_never_gets_a_smaller_size(Size pixels, PositiveInt more) =>
        Edge(NearestSize(pixels.Width, pixels.Height, FlashSizes)!) <= Edge(
            NearestSize(pixels.Width + more.Get, pixels.Height, FlashSizes)!);

    /// <summary>Every order of magnitude up to a million pixels is equally likely.</summary>
    public static Arbitrary<Size> Pixels() => Arb.From(
        from width in Gen.Choose(0, 14_000)
        from height in Gen.Choose(0, 14_000)
        select new Size((int)Math.Exp(width / 1000.0) + 1, (int)Math.Exp(height / 1000.0) + 1));

    [Fact]
    public async Task Mapping_is_submitted_and_reported_and_reads_the_product_list_once()
    {
        var response = await _shop.GenerateAsync(
            "a puppy", new ImageGenerationOptions { ImageSize = new Size(2500, 1400), ModelId = "gemini-3-pro-image" });

        Assert.Equal(("16:9", "2K"), ((string?)_shop.Parameters["aspect_ratio"], (string?)_shop.Parameters["size"]));
        var facts = Assert.Single(response.Contents).AdditionalProperties!;
        Assert.Equal(("2500x1400", "16:9", "2K"), (facts[Names.RequestedPixels], facts[Names.AspectRatio], facts[Names.Size]));
        Assert.Equal([10m], _shop.Charged);
        Assert.Equal(1, _shop.Count("list"));
    }

    [Fact]
    public async Task Edit_is_mapped_to_the_values_available_for_edits()
    {
        await _shop.GenerateAsync(
            "make it blue",
            new ImageGenerationOptions { ImageSize = new Size(4000, 4000) },
            [new UriContent("https://images.example/1.png", "image/png")]);

        Assert.Equal((4407, "4K"), ((int)_shop.Submission["parameters"]![0]!["attribute_id"]!, (string?)_shop.Parameters["size"]));
        Assert.Equal(1, _shop.Count("list"));
    }

    [Fact]
    public async Task Ratio_and_size_that_match_the_pixels_can_be_given_as_well()
    {
        await _shop.GenerateAsync("a puppy", Options(new Size(1000, 1000), (Names.AspectRatio, "1:1"), (Names.Size, "1k")));

        Assert.Equal([6m], _shop.Charged);
    }

    [Theory]
    [InlineData(
        Names.AspectRatio,
        "16:9",
        "ImageSize 1000x1000 maps to 1:1, but 16:9 was requested too. Leave one of them out. Nothing was submitted.")]
    [InlineData(
        Names.Size, "4K", "ImageSize 1000x1000 maps to 1K, but 4K was requested too. Leave one of them out. Nothing was submitted.")]
    public async Task Pixels_that_contradict_the_ratio_or_size_are_rejected(string name, string value, string message)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => _shop.GenerateAsync("a puppy", Options(new Size(1000, 1000), (name, value))));

        Assert.Equal(message, exception.Message);
        Assert.Equal(0, _shop.Count("create"));
    }

    [Theory]
    [InlineData(0, 1024)]
    [InlineData(1024, 0)]
    [InlineData(-1, 1024)]
    [InlineData(1024, int.MinValue)]
    [InlineData(0, 0)]
    public async Task Invalid_pixel_sizes_are_rejected_before_anything_is_sent(int width, int height)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            "options", () => _shop.GenerateAsync("a puppy", Options(new Size(width, height))));

        Assert.StartsWith(
            $"ImageSize must be at least 1 pixel wide and high, not {width}x{height}. Nothing was submitted.",
            exception.Message,
            StringComparison.Ordinal);
        Assert.Empty(_shop.Requests);
    }

    [Theory]
    [InlineData("seedream", null, "gemini-3.1-flash-image", "gemini-3-pro-image")]
    [InlineData("gemini-3-pro-image", "v9", "gemini-3.1-flash-image-preview", "gemini-3-pro-image-preview")]
    public async Task Model_that_is_not_available_is_rejected(string model, string? version, params string[] offered)
    {
        var options = Options(new Size(1000, 1000), (Names.ModelVersion, version));
        options.ModelId = model;

        var exception = await Assert.ThrowsAsync<ImaException>(() => _shop.GenerateAsync("a puppy", options));

        Assert.Equal(
            (
                ImaErrorKind.InvalidRequest,
                ImaInvalidRequestReason.ModelVersion,
                ImaChargeStatus.NotCharged), (exception.Kind, exception.InvalidRequestReason, exception.ChargeStatus));
        Assert.Equal(offered, exception.AllowedValues);
        Assert.Equal(0, _shop.Count("create"));
    }

    [Theory]
    [InlineData("auto", "1K", ImaInvalidRequestReason.AspectRatio, "auto")]
    [InlineData("1:1", "auto", ImaInvalidRequestReason.Size, "auto")]
    public void Model_without_ratios_or_sizes_is_rejected(string ratio, string size, ImaInvalidRequestReason refusal, string offered)
    {
        var offer = Offer("v1", isCurrent: true, ratio, size);

        var exception = Assert.Throws<ImaException>(() => PixelMapping.Applied(new ImageRequest("a puppy"), new Size(10, 10), [offer]));

        Assert.Equal((ImaErrorKind.InvalidRequest, refusal), (exception.Kind, exception.InvalidRequestReason));
        Assert.Equal([offered], exception.AllowedValues);
    }

    [Theory]
    [InlineData(null, "3:2", "2K")]
    [InlineData("v1", "4:3", "1K")]
    [InlineData("v2", "3:2", "2K")]
    [InlineData("v3", "16:9", "4K")]
    public void Mapping_uses_the_submitted_version(string? version, string ratio, string size)
    {
        ImageModelInfo[] models =
        [
            Offer("v1", isCurrent: false, "4:3", "1K"),
            Offer("v2", isCurrent: true, "3:2", "2K"),
            Offer("v3", isCurrent: false, "16:9", "4K"),
            Offer("v2", isCurrent: true, "1:1", "512px") with { Model = ImageModel.NanoBananaPro },
        ];

        var submission = PixelMapping.Applied(new ImageRequest("a puppy") { ModelVersion = version }, new Size(10, 10), models);

        Assert.Equal((new AspectRatio(ratio), new ImageSize(size)), (submission.AspectRatio, submission.Size));
    }

    private static ImageModelInfo Offer(string version, bool isCurrent, string ratio, string size) => new()
    {
        Model = ImageModel.NanoBanana2,
        Version = version,
        IsCurrent = isCurrent,
        Name = "Nano Banana 2",
        TaskType = ImageTaskType.TextToImage,
        AspectRatios = [new AspectRatio(ratio)],
        Sizes = [new ImageSize(size)],
    };

    private static ImageGenerationOptions Options(Size pixels, params (string Name, object? Value)[] settings) =>
        new()
        {
            ImageSize = pixels,
            AdditionalProperties = new(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))),
        };

    private static string? NearestRatio(int width, int height, IEnumerable<string> offered) =>
        NearestOffer.Ratio(new Size(width, height), offered.Select(ratio => new AspectRatio(ratio)))?.Value;

    private static string? NearestSize(int width, int height, IEnumerable<string> offered) =>
        NearestOffer.SizeClass(new Size(width, height), offered.Select(size => new ImageSize(size)))?.Value;

    private static string Turned(string ratio) => string.Join(':', ratio.Split(':').AsEnumerable().Reverse());

    private static double Distance(Size pixels, string ratio)
    {
        var terms = ratio.Split(':').Select(double.Parse).ToList();
        return Distance((double)pixels.Width / pixels.Height, terms[0] / terms[1]);
    }

    private static double Distance(double one, double other) => Math.Abs(Math.Log(one) - Math.Log(other));

    private static double Edge(string size) => size switch
    {
        "512px" => 512,
        "1K" => 1024,
        "2K" => 2048,
        _ => 4096,
    };
}
