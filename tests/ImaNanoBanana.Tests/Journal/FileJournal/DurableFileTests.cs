using ImaNanoBanana.Journal.FileJournal;

namespace ImaNanoBanana.Tests.Journal.FileJournal;

/// <summary>A file is on the disk before anything depends on it, and a failed write leaves nothing behind.</summary>
public sealed class DurableFileTests : IDisposable
{
    private static readonly byte[] Content = "content"u8.ToArray();

    private readonly TestFolder _folder = new();

    private string Target => Path.Combine(_folder.Path, "file");

    public void Dispose() => _folder.Dispose();

    /// <summary>Otherwise a power failure soon after a charge could lose its claim.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Content_is_flushed_to_the_disk(bool isReplaced)
    {
        var flushes = new List<bool>();
        if (isReplaced)
        {
            DurableFile.Replace(Target, Target + ".tmp", Content, (path, mode) => new SpyStream(path, mode, flushes));
        }
        else
        {
            DurableFile.Write(new SpyStream(Target, FileMode.CreateNew, flushes), Target, Content);
        }

        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Contains(true, flushes);
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void File_that_cannot_be_written_completely_is_removed()
    {
        Assert.Throws<IOException>(() => DurableFile.Write(new FullStream(Target), Target, Content));
        Assert.Empty(Directory.GetFiles(_folder.Path));

        File.WriteAllText(Target, "old");
        Assert.Throws<IOException>(() => DurableFile.Replace(Target, Target + ".tmp", Content, (path, _) => new FullStream(path)));
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    /// <summary>The cause is the full disk, also if the rest cannot be removed, here because it is a folder.</summary>
    [Fact]
    public void Error_of_the_write_is_reported_and_not_that_of_the_removal()
    {
        var other = Path.Combine(_folder.Path, "other");
        Directory.CreateDirectory(Target);

        var error = Assert.Throws<IOException>(() => DurableFile.Write(new FullStream(other), Target, Content));

        Assert.Equal("No space left on device.", error.Message);
    }

    private sealed class SpyStream(string path, FileMode mode, List<bool> flushes) : FileStream(path, mode)
    {
        public override void Flush(bool flushToDisk)
        {
            flushes.Add(flushToDisk);
            base.Flush(flushToDisk);
        }
    }

    private sealed class FullStream(string path) : FileStream(path, FileMode.Create)
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device.");
    }
}
