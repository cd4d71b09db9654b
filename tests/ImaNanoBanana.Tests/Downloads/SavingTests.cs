using System.Net;

namespace ImaNanoBanana.Tests.Downloads;

/// <summary>The names and folders of saved images.</summary>
public sealed class SavingTests : IDisposable
{
    private static readonly byte[] Jpeg = [
        0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 3, 0, 4, 0, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0x3F, 0, 1, 2, 0xFF, 0xD9];

    private static readonly GeneratedImage Image = new(new Uri("https://images.example/deep/puppy%20no.%201.png?token=secret"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => TestFolder.Delete(_folder);

    /// <summary>A name up to the file system's limit works: the temporary name is not longer.</summary>
    [Theory]
    [InlineData("狗", 73, "")]
    [InlineData("狗", 83, ".webp")]
    [InlineData("a", 251, ".png")]
    [InlineData("a", 217, "")]
    [InlineData("🐶", 62, "")]
    public async Task Name_up_to_255_bytes_works(string letter, int count, string extension)
    {
        var name = string.Concat(Enumerable.Repeat(letter, count)) + extension;

        var first = await SaveAsync(DownloadTests.Png, At(name));
        var second = await SaveAsync(DownloadTests.Png, At(name));

        Assert.Equal(At(extension.Length == 0 ? name + ".png" : name), first.Path);
        Assert.EndsWith("-2" + Path.GetExtension(first.Path), second.Path, StringComparison.Ordinal);
        Assert.Equal(2, _folder.GetFiles().Length);
    }

    /// <summary>A longer name is rejected before the download, and an app can check it before the submission.</summary>
    [Theory]
    [InlineData("狗", 85, ".png")]
    [InlineData("狗", 84, "")]
    [InlineData("a", 252, ".png")]
    public async Task Longer_name_is_rejected_before_the_download(string letter, int count, string extension)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows counts characters.");
        var path = At(string.Concat(Enumerable.Repeat(letter, count)) + extension);
        Assert.True(ImageFileName.IsTooLong(path));
        Assert.True(ImageFileName.IsTooLong(Path.Combine(path + new string('a', 9), "x.png")));
        Assert.False(ImageFileName.IsTooLong(At("x.png")));

        await Assert.ThrowsAsync<PathTooLongException>(() => SaveAsync([], path));

        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    /// <summary>While the file is incomplete, only its owner can read it; then it has normal permissions.</summary>
    [Fact]
    public async Task Unfinished_file_is_readable_only_by_its_owner()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await File.WriteAllTextAsync(At("usual"), "", Token);
        UnixFileMode? during = null;
        var progress = new Observer(
            () => during = Directory.GetFiles(_folder.FullName, ".ima-*.part") is [var only] && !OperatingSystem.IsWindows()
                ? File.GetUnixFileMode(only)
                : null);

        var saved = await SaveAsync(DownloadTests.Png, At("x.png"), new ImageSaveOptions { Progress = progress });

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, during);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(File.GetUnixFileMode(At("usual")), File.GetUnixFileMode(saved.Path!));
        }
    }

    /// <summary>The next save removes the files that a killed process left, and nothing else.</summary>
    [Fact]
    public async Task Leftover_files_and_nothing_else_are_removed_at_the_next_save()
    {
        var old = (await FolderTimeAsync()) - TimeSpan.FromHours(26);
        var young = old + TimeSpan.FromHours(2);
        var leftOver = await LeaveAsync($".ima-{Guid.NewGuid():N}.part", old);
        string[] kept =
        [
            await LeaveAsync($".ima-{Guid.NewGuid():N}.part", young), await LeaveAsync(".ima-holiday.part", old), await LeaveAsync(
                $".ima-{Guid.NewGuid():N}.part.png", old),
            await LeaveAsync(
                $"ima-{Guid.NewGuid():N}.part",
                old), await LeaveAsync("holiday.png", old), At($".ima-{Guid.NewGuid():N}.part"), At($".ima-{Guid.NewGuid():N}.part"),
        ];
        File.CreateSymbolicLink(kept[^2], kept[4]);
        await using var held = new FileStream(kept[^1], FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        File.SetLastWriteTimeUtc(held.SafeFileHandle, old);

        await SaveAsync(DownloadTests.Png, At("x.png"));

        Assert.False(File.Exists(leftOver));
        Assert.All(kept, path => Assert.True(File.Exists(path), path));
    }

    /// <summary>A given file name is kept, and a difference from the format is reported.</summary>
    [Theory]
    [InlineData("puppy.png", "puppy.png", false)]
    [InlineData("puppy.JPEG", "puppy.JPEG", true)]
    [InlineData("puppy", "puppy.jpg", true)]
    [InlineData("puppy.gif", "puppy.gif", false)]
    [InlineData("puppy.dat", "puppy.dat", null)]
    public async Task Extension_of_another_format_is_reported(string name, string expected, bool? fits)
    {
        var saved = await SaveAsync(Jpeg, At(name));

        Assert.Equal((At(expected), "image/jpeg", fits), (saved.Path, saved.MediaType, saved.ExtensionMatchesMediaType));
    }

    /// <summary>In a folder, the file has the name from the image's URL.</summary>
    [Theory]
    [InlineData("there", "there/puppy_no_.png", true)]
    [InlineData("there/", "there/puppy_no_.png", true)]
    [InlineData("missing/", "missing/puppy_no_.png", false)]
    [InlineData("missing", "missing.png", false)]
    public async Task Folder_gets_a_file_named_after_the_url(string path, string expected, bool isThere)
    {
        if (isThere)
        {
            _folder.CreateSubdirectory("there");
        }

        var saved = await SaveAsync(DownloadTests.Png, At(path));

        var name = Path.GetRelativePath(_folder.FullName, saved.Path!).Replace('\\', '/');
        Assert.Matches(
            "^" + expected.Replace("no_", "no__1-[0-9a-f]{8}", StringComparison.Ordinal).Replace(".", "\\.", StringComparison.Ordinal)
                + "$",
            name);
        Assert.Single(_folder.EnumerateFiles("*", SearchOption.AllDirectories));
    }

    /// <summary>The delivered image is compared with the request, in pixels and in format.</summary>
    [Theory]
    [InlineData("1K", "png", true, true)]
    [InlineData("1k", "PNG", true, true)]
    [InlineData("4K", "jpeg", false, false)]
    [InlineData("2K", ".jpg", false, false)]
    [InlineData("512px", "tiff", false, null)]
    [InlineData("512", null, false, null)]
    [InlineData("1024px", null, true, null)]
    [InlineData("large", null, null, null)]
    [InlineData("0K", null, null, null)]
    [InlineData(null, null, null, null)]
    public async Task Delivered_size_and_format_are_compared_with_the_submission(string? size, string? format, bool? isSize, bool? isFormat)
    {
        var image = Image with { RequestedSize = size is null ? null : new ImageSize(size), Format = format };

        var saved = await SaveAsync(DownloadTests.Png, At("x"), image: image);

        Assert.Equal((isSize, isFormat), (saved.MatchesRequestedSize, saved.MatchesReportedFormat));
    }

    private static async Task<ImageDownload> SaveAsync(
        byte[] body, string path, ImageSaveOptions? options = null, GeneratedImage? image = null)
    {
        using var handler = new OneBodyHandler(body);
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, handler, new TestTimeProvider());
        return await client.SaveAsync(image ?? Image, path, options, Token);
    }

    private async Task<DateTime> FolderTimeAsync()
    {
        await File.WriteAllTextAsync(At("clock"), "", Token);
        return File.GetLastWriteTimeUtc(At("clock"));
    }

    private async Task<string> LeaveAsync(string name, DateTime written)
    {
        await File.WriteAllTextAsync(At(name), "half", Token);
        File.SetLastWriteTimeUtc(At(name), written);
        return At(name);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private sealed class Observer(Action look) : IProgress<ImageDownloadProgress>
    {
        public void Report(ImageDownloadProgress value) => look();
    }

    private sealed class OneBodyHandler(byte[] body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body) });
    }
}
