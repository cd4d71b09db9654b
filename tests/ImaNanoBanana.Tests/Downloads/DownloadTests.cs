using System.Net;
using System.Security.Cryptography;

namespace ImaNanoBanana.Tests.Downloads;

public sealed class DownloadTests : IDisposable
{
    /// <summary>A PNG as far as it is checked: a header of 1024 x 768, a data chunk and the end.</summary>
    internal static readonly byte[] Png =
    [
        .. Convert.FromHexString("89504E470D0A1A0A0000000D494844520000040000000300"), .. new byte[9],
        .. Convert.FromHexString("000001DF49444154"), .. new byte[483], .. Convert.FromHexString("0000000049454E44AE426082"),
    ];

    private static readonly GeneratedImage Image = new(new Uri("https://images.example/1.png?token=secret"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => TestFolder.Delete(_folder);

    [Fact]
    public async Task Image_is_verified_and_measured()
    {
        using var handler = new ImageHandler((200, Png));
        using var client = Client(handler);
        using var destination = new MemoryStream();

        var download = await client.DownloadAsync(Image, destination, Token);

        Assert.Equal(Png, destination.ToArray());
        Assert.Equal(
            ("image/png", 1024, 768, Png.LongLength, Convert.ToHexString(SHA256.HashData(Png)), null, null),
            (
                download.MediaType,
                download.Width,
                download.Height,
                download.Length,
                download.Sha256!.ToUpperInvariant(),
                download.MatchesRequestedAspectRatio,
                download.Path));
        Assert.Equal("GET https://images.example/1.png?token=secret ", Assert.Single(handler.Asked));
    }

    [Theory]
    [InlineData("4:3", true)]
    [InlineData("1.35:1", true)]
    [InlineData("1.38:1", false)]
    [InlineData("1:1", false)]
    [InlineData("16:9", false)]
    [InlineData("auto", null)]
    [InlineData("0:1", null)]
    public async Task Ratio_that_differs_by_more_than_3_percent_is_reported(string requested, bool? isRequested)
    {
        using var handler = new ImageHandler((200, Png));
        using var client = Client(handler);

        var download = await client.DownloadAsync(
            Image with { RequestedAspectRatio = new AspectRatio(requested) }, new MemoryStream(), Token);

        Assert.Equal(isRequested, download.MatchesRequestedAspectRatio);
    }

    public static TheoryData<int, byte[], string, int?> Failures() => new()
    {
        { 404, [], "status 404", 404 },
        { 302, [], "status 302", 302 },
        { 200, [], "not a PNG, JPEG, WebP or GIF", null },
        { 200, "<html>no image here</html>"u8.ToArray(), "not a PNG, JPEG, WebP or GIF", null },
        { 200, Png[..^1], "cut off", null },
        {
            200,
            [.. "RIFF"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 9, 0, 0],
            "cut off",
            null
        },
        { 200, Png[..20], "not a PNG, JPEG, WebP or GIF", null },
        { 200, [.. Png, .. new byte[2000]], "MaxDownloadBytes (1000 bytes)", null },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Incomplete_image_is_an_error_that_reports_the_charge_and_leaves_no_file(
        int status, byte[] body, string reason, int? code)
    {
        using var handler = new ImageHandler((status, body));
        using var client = Client(handler);

        var exception = await Assert.ThrowsAsync<ImaException>(
            () => client.SaveAsync(Image, Path.Combine(_folder.FullName, "x.png"), cancellationToken: Token));

        Assert.Equal(
            (ImaErrorKind.DownloadFailed, ImaChargeStatus.Charged, ImaRetryGuidance.CheckTask, code),
            (exception.Kind, exception.ChargeStatus, exception.RetryGuidance, exception.Code));
        Assert.Contains("https://images.example/1.png ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Equal([Image], exception.ReadyImages);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Plain_http_is_not_downloaded()
    {
        using var handler = new ImageHandler((200, Png));
        using var client = Client(handler);

        var exception = await Assert.ThrowsAsync<ImaException>(
            () => client.DownloadAsync(new GeneratedImage(new Uri("http://images.example/1.png")), new MemoryStream(), Token));

        Assert.Contains("not https", exception.Message, StringComparison.Ordinal);
        Assert.Empty(handler.Asked);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Download_is_repeated_from_the_start_after_a_transient_failure(int status)
    {
        using var handler = new ImageHandler((status, Png[..100]), (status, Png[..200]), (200, Png));
        var time = new TestTimeProvider();
        using var client = Client(handler, time);
        var path = Path.Combine(_folder.FullName, "picture");

        var save = client.SaveAsync(Image, path, cancellationToken: Token);
        await time.RunAsync(save, TimeSpan.FromSeconds(20), Token);

        Assert.Equal(path + ".png", (await save).Path);
        Assert.Equal(Png, await File.ReadAllBytesAsync(path + ".png", Token));
        Assert.Equal(3, handler.Asked.Count);
        Assert.Single(_folder.EnumerateFiles());
    }

    [Fact]
    public async Task Existing_file_is_kept_overwritten_or_an_error_as_configured()
    {
        using var handler = new ImageHandler((200, Png));
        using var client = Client(handler);
        var path = Path.Combine(_folder.FullName, "deep", "x.png");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "mine", Token);

        var second = await client.SaveAsync(Image, path, cancellationToken: Token);
        var third = await client.SaveAsync(Image, path, new ImageSaveOptions(), Token);
        await Assert.ThrowsAsync<IOException>(
            () => client.SaveAsync(Image, path, new ImageSaveOptions { FileConflictBehavior = FileConflictBehavior.Fail }, Token));
        Assert.Equal("mine", await File.ReadAllTextAsync(path, Token));
        var replaced = await client.SaveAsync(
            Image, path, new ImageSaveOptions { FileConflictBehavior = FileConflictBehavior.Overwrite }, Token);

        Assert.Equal(
            ["x-2.png", "x-3.png", "x.png"], new[] { second, third, replaced }.Select(download => Path.GetFileName(download.Path!)));
        Assert.Equal(Png, await File.ReadAllBytesAsync(path, Token));
        Assert.Equal(3, Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!).Length);
    }

    [Fact]
    public async Task Images_of_a_result_are_named_after_their_task()
    {
        using var handler = new ImageHandler((200, Png));
        using var client = Client(handler);
        var progress = new Collector();
        var one = new ImageResult(new ImageTask("task/../1"), [Image]);
        var two = new ImageResult(new ImageTask("task_2"), [Image, Image]);

        var single = await client.SaveAsync(one, _folder.FullName, cancellationToken: Token);
        var several = await client.SaveAsync(two, _folder.FullName, new ImageSaveOptions { Progress = progress }, Token);

        Assert.Equal(["task____1-5d07685b.png"], single.Select(download => Path.GetFileName(download.Path!)));
        Assert.Equal(["task_2-1.png", "task_2-2.png"], several.Select(download => Path.GetFileName(download.Path!)));
        Assert.Equal(["task_2-1 536", "task_2-2 536"], progress.Seen.Select(seen => $"{Path.GetFileName(seen.Path)} {seen.Received}"));
    }

    [Fact]
    public async Task Cancelled_download_leaves_no_file()
    {
        using var handler = new ImageHandler((-2, Png));
        using var client = Client(handler);
        using var cancel = new CancellationTokenSource();

        var save = client.SaveAsync(Image, Path.Combine(_folder.FullName, "x.png"), cancellationToken: cancel.Token);
        await handler.Hanging;
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => save);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    private static ImaImageClient Client(HttpMessageHandler handler, TimeProvider? time = null) => TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key", MaxDownloadBytes = 1000 }, handler, time ?? new TestTimeProvider());

    private sealed class Collector : IProgress<ImageDownloadProgress>
    {
        public List<ImageDownloadProgress> Seen { get; } = [];

        public void Report(ImageDownloadProgress value) => Seen.Add(value);
    }

    /// <summary>
    /// Answers with each status and body in turn and repeats the last one: 0 fails to connect, -1 fails in the body, -2 never answers.
    /// </summary>
    private sealed class ImageHandler(params (int Status, byte[] Body)[] answers) : HttpMessageHandler
    {
        private readonly TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Asked { get; } = [];

        public Task Hanging => _hanging.Task;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add($"{request.Method} {request.RequestUri!.OriginalString} {request.Headers.Authorization}");
            var (status, body) = answers[Math.Min(Asked.Count, answers.Length) - 1];
            switch (status)
            {
                case 0:
                    throw new HttpRequestException("scripted failure");
                case -1:
                    return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new BrokenStream(body)) };
                case -2:
                    _hanging.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                    break;
            }

            return new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body) };
        }
    }

    /// <summary>A connection that is lost after some bytes.</summary>
    private sealed class BrokenStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and { } count
                ? count
                : throw new IOException("The connection was lost.");
    }
}
