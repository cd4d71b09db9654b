using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Icon;

/// <summary>src/icon.png is drawn by <see cref="Banana"/>.</summary>
public class IconTests
{
    /// <summary>One point within a pixel may fall to the other side of an edge where a machine's sine differs in its last bit.</summary>
    private const int OnePoint = 16;

    private static readonly string File = Path.Combine(RepositoryRoot.Path, "src", "icon.png");

    [Fact]
    public async Task Icon_is_the_drawing()
    {
        if (Environment.GetEnvironmentVariable("IMA_WRITE_ICON") == "1")
        {
            await using var output = System.IO.File.Create(File);
            await PngWriter.WriteAsync(output, Banana.Size, Banana.Size, Banana.FillRow, TestContext.Current.CancellationToken);
        }

        var png = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        var shown = new byte[Banana.Size * Banana.Size * 3];
        Assert.True(PngReader.TryShrink(png, Banana.Size, shown));

        var row = new byte[Banana.Size * 3];
        for (var y = 0; y < Banana.Size; y++)
        {
            Banana.FillRow(y, row);
            Assert.All(row.Zip(shown.Skip(y * row.Length)), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, OnePoint));
        }
    }

    [Fact]
    public void Icon_has_the_size_that_package_pages_show()
    {
        var header = System.IO.File.ReadAllBytes(File).AsSpan(16, 8);

        Assert.Equal([0, 0, 0, Banana.Size, 0, 0, 0, Banana.Size], header.ToArray());
    }
}
