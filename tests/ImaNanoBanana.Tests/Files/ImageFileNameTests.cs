namespace ImaNanoBanana.Tests.Files;

/// <summary>A name made from any text stays in its folder, and different texts have different names.</summary>
public class ImageFileNameTests
{
    [Theory]
    [InlineData("order-4711", "order-4711")]
    [InlineData("订单_1", "订单_1")]
    [InlineData("", "image")]
    [InlineData("../x", "___x-")]
    [InlineData("/etc/passwd", "_etc_passwd-")]
    [InlineData("..", "__-")]
    [InlineData("C:\\x", "C__x-")]
    [InlineData("a b", "a_b-")]
    [InlineData("-rf", "_rf-")]
    [InlineData("con", "con-")]
    [InlineData("LPT1", "LPT1-")]
    [InlineData("x\0y\n", "x_y_-")]
    public void Name_is_safe(string text, string expected)
    {
        var name = ImageFileName.FromText(text);

        Assert.Matches("^" + expected + (expected.EndsWith('-') ? "[0-9a-f]{8}$" : "$"), name);
        Assert.Equal(name, ImageFileName.FromText(text));
        Assert.Equal(name, ImageFileName.FromText(name));
    }

    [Fact]
    public void Different_texts_have_different_names()
    {
        var longText = new string('狗', 300);
        string[] texts = ["a/b", "a_b", "a b", "a:b", longText, longText + "2", "🐶", "🐱", "\uD800", "con"];

        Assert.Equal(texts.Length, texts.Select(ImageFileName.FromText).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(texts, text => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(ImageFileName.FromText(text)), 1, 129));
    }
}
