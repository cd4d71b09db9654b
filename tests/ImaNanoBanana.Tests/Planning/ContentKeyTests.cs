using ImaNanoBanana.Tests.Uploads;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>Idempotency keys made from the content of a request.</summary>
public sealed class ContentKeyTests : IDisposable
{
    private static readonly ImageRequest Cat = new("a cat");

    private readonly string _file = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static byte[] Png => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. "some pixels"u8];

    public void Dispose() => File.Delete(_file);

    /// <summary>Other processes and later versions compute the same key.</summary>
    [Fact]
    public async Task Key_of_a_request_never_changes()
    {
        Assert.Equal("sha256-b8379a0e5f673a83d5177b9b175a47a8", await Cat.CreateContentKeyAsync(cancellationToken: Token));
        Assert.Equal("sha256-c74a5696fe42992e85841244bd166258", await Cat.CreateContentKeyAsync("order-4711", Token));
    }

    [Fact]
    public async Task Limits_language_and_key_do_not_count()
    {
        var other = Cat with
        {
            Model = ImageModel.NanoBanana2,
            TaskType = ImageTaskType.TextToImage,
            MaxCredits = 5,
            Budget = new CreditBudget(5),
            AllowSmallerSize = true,
            IdempotencyKey = " ",
            Language = ImaLanguage.Chinese,
            Parameters = ImageParameters.Parse("""{"seed":null}"""),
        };

        Assert.Equal(await KeyAsync(Cat), await KeyAsync(other));
    }

    [Fact]
    public async Task Everything_that_changes_the_images_counts()
    {
        var address = Cat with { Images = [ImageInput.FromUrl("https://images.example/1.png")] };
        ImageRequest[] requests =
        [
            Cat, Cat with { Prompt = "a cat " }, Cat with { Model = ImageModel.NanoBananaPro }, Cat with { ModelVersion = "v1" },
            Cat with { Size = ImageSize.Size2K }, Cat with { AspectRatio = AspectRatio.Square1x1 }, Cat with { Count = 2 },
            Cat with { TaskType = ImageTaskType.ImageToImage }, Cat with { Parameters = ImageParameters.Parse("""{"seed":1}""") },
            address, address with { Images = [.. address.Images, .. address.Images] },
            address with { Images = [ImageInput.FromBytes(Png)] }, address with { Images = [ImageInput.FromBytes([.. Png, 1])] },
        ];

        var keys = new List<string>();
        foreach (var request in requests)
        {
            keys.Add(await KeyAsync(request));
        }

        Assert.Distinct(keys);
        Assert.All(keys, key => Assert.Matches("^sha256-[0-9a-f]{32}$", key));
    }

    [Fact]
    public async Task Scope_distinguishes_repetitions()
    {
        string?[] scopes = [null, "", " ", "1", "order-1", "订单", "订"];

        var keys = new List<string>();
        foreach (var scope in scopes)
        {
            keys.Add(await Cat.CreateContentKeyAsync(scope, Token));
        }

        Assert.Distinct(keys);
        Assert.Equal(keys[4], await Cat.CreateContentKeyAsync("order-1", Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Cat.CreateContentKeyAsync("\ud800", Token));
    }

    [Fact]
    public async Task Local_image_counts_by_its_bytes_wherever_they_are()
    {
        await File.WriteAllBytesAsync(_file, Png, Token);
        using var stream = new MemoryStream(Png);
        ImageInput[] same = [ImageInput.FromBytes(Png), ImageInput.FromFile(_file), ImageInput.FromStream(stream)];

        var keys = new HashSet<string>();
        foreach (var image in same)
        {
            keys.Add(await KeyAsync(Cat with { Images = [image] }));
            keys.Add(await KeyAsync(Cat with { Images = [image] }));
        }

        Assert.Single(keys);
    }

    /// <summary>How much may be uploaded is an option of the client that submits the request.</summary>
    [Fact]
    public async Task Image_that_is_larger_than_the_usual_upload_has_a_key()
    {
        await using (var file = File.OpenWrite(_file))
        {
            await file.WriteAsync(Png.AsMemory(0, 8), Token);
            file.SetLength(new ImaNanoBananaOptions().MaxUploadBytes + 1);
        }

        Assert.Equal("sha256-9b958e02316bed1a124ad6b4bff9a38c", await KeyAsync(Cat with { Images = [ImageInput.FromFile(_file)] }));
    }

    [Fact]
    public async Task Stream_that_cannot_seek_is_refused_unread()
    {
        using var stream = new OneWayStream(Png);

        var error = await Assert.ThrowsAsync<ImaException>(() => KeyAsync(Cat with { Images = [ImageInput.FromStream(stream)] }));

        Assert.Equal((ImaErrorKind.InvalidRequest, ImaInvalidRequestReason.Images), (error.Kind, error.InvalidRequestReason));
        Assert.Contains("use ImageInput.FromBytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_that_is_not_valid_has_no_key()
    {
        ImageRequest[] requests =
        [
            new(" "), new("\ud800"), Cat with { Count = 0 }, Cat with { Model = default(ImageModel) }, Cat with { Images = null! },
            Cat with { Images = [null!] }, Cat with { Images = [ImageInput.FromBytes("text"u8)] },
            Cat with { Images = [ImageInput.FromUrl("http://images.example/1.png")] },
        ];

        foreach (var request in requests)
        {
            Assert.Equal(ImaErrorKind.InvalidRequest, (await Assert.ThrowsAsync<ImaException>(() => KeyAsync(request))).Kind);
        }

        await Assert.ThrowsAsync<ArgumentNullException>(() => KeyAsync(null!));
    }

    /// <summary>Which models are allowed is an option of the client that submits the request.</summary>
    [Fact]
    public async Task Request_for_an_additional_model_has_a_key_of_its_own() =>
        Assert.NotEqual(await KeyAsync(Cat), await KeyAsync(Cat with { Model = new ImageModel("gemini-nano-banana-2.1") }));

    private static Task<string> KeyAsync(ImageRequest request) => request.CreateContentKeyAsync(cancellationToken: Token);
}
