using ImaNanoBanana.Files;

namespace ImaNanoBanana.Tests.Files;

public class RealPathTests
{
    [Theory]
    [InlineData("/a", "/a/b.png", true)]
    [InlineData("/a/", "/a/c/b.png", true)]
    [InlineData("/", "/a/b.png", true)]
    [InlineData("/a", "/a/..b.png", true)]
    [InlineData("/a", "/a", false)]
    [InlineData("/a", "/ab/c.png", false)]
    [InlineData("/a", "/b.png", false)]
    [InlineData("/a/b", "/a", false)]
    public void A_file_is_below_a_folder_or_not(string folder, string file, bool isBelow)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The paths are those of Unix.");
        Assert.Equal(isBelow, RealPath.IsBelow(folder, file));
    }

    [Fact]
    public void Links_are_followed_anywhere_in_a_path()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need privileges there.");
        var root = RealPath.Resolve(Directory.CreateTempSubdirectory("ima-links-").FullName);
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "a", "b"));
            File.CreateSymbolicLink(Path.Combine(root, "one"), "a");
            File.CreateSymbolicLink(Path.Combine(root, "two"), Path.Combine(root, "one", "b"));
            File.CreateSymbolicLink(Path.Combine(root, "a", "up"), "../..");
            File.CreateSymbolicLink(Path.Combine(root, "loop"), "loop");

            Assert.Equal(Path.Combine(root, "a", "b", "c.png"), RealPath.Resolve(Path.Combine(root, "two", "c.png")));
            Assert.Equal(Path.Combine(root, "a"), RealPath.Resolve(Path.Combine(root, "two", "..", "one")));
            Assert.Equal(Path.GetDirectoryName(root), RealPath.Resolve(Path.Combine(root, "one", "up")));
            Assert.Throws<IOException>(() => RealPath.Resolve(Path.Combine(root, "loop", "c.png")));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
