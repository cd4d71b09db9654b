using ImaNanoBanana.Catalog;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>Requests that are rejected without the product list.</summary>
public class RequestCheckTests
{
    private static readonly ImageRequest Request = new("a puppy");

    [Theory]
    [InlineData("Nano Banana Pro", "NanoBananaPro")]
    [InlineData("nano-banana-pro", "NanoBananaPro")]
    [InlineData("banana pro", "NanoBananaPro")]
    [InlineData("nb_pro", "NanoBananaPro")]
    [InlineData("Pro", "NanoBananaPro")]
    [InlineData("NB2", "NanoBanana2")]
    [InlineData("Nano Banana", "NanoBanana2")]
    [InlineData("nano banana 2", "NanoBanana2")]
    [InlineData("banana", "NanoBanana2")]
    [InlineData("Banana-2", "NanoBanana2")]
    [InlineData("midjourney", null)]
    [InlineData("", null)]
    public void Name_of_a_model_is_answered_with_its_member(string id, string? member)
    {
        var error = Error(Request with { Model = new ImageModel(id) });

        Assert.Equal(ImaInvalidRequestReason.Model, error.InvalidRequestReason);
        var hint = member is null
            ? ""
            : $"This is a name and not an id: use ImageModel.{member}, or ImageChoice.Parse to read names. ";
        Assert.StartsWith(
            $"The model '{id}' is not supported by this SDK. {hint}Use one of: gemini-3.1-flash-image, gemini-3-pro-image. ",
            error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-0.01)]
    public void Negative_limit_is_refused_before_anything_is_sent(double credits)
    {
        var error = Error(Request with { MaxCredits = (decimal)credits });

        Assert.Equal((ImaErrorKind.InvalidRequest, "max_credits"), (error.Kind, error.ParameterName));
        Assert.Equal("The limit for the credits is negative", error.GetAdvice(ImaLanguage.English).Reason);
        Assert.Null(Record.Exception(() => ImagePlanner.Check(Request with { MaxCredits = 0 }, ModelScope.BuiltIn)));
    }

    [Fact]
    public void Long_tag_and_long_key_get_fitting_advice()
    {
        var tag = Error(Request with { Tag = new string('t', 65) });
        var key = Error(Request with { IdempotencyKey = new string('k', 201) });

        Assert.Contains("It has 65 characters.", tag.Message, StringComparison.Ordinal);
        Assert.Contains("It has 201 characters.", key.Message, StringComparison.Ordinal);
        Assert.Equal("Use 1 to 64 characters on one line", tag.GetAdvice(ImaLanguage.English).Suggestion);
        Assert.Equal("使用单行的 1 到 200 个字符", key.GetAdvice(ImaLanguage.Chinese).Suggestion);
    }

    /// <summary>Keys and tags have the same rules and their own lengths. Only one that is too long gets advice about its length.</summary>
    [Fact]
    public void Key_and_tag_are_one_line_of_whole_characters_up_to_their_length()
    {
        string[] valid = ["k", " k ", "\u8ba2\u5355 4711", "\ud83d\udc36", "a.b/c:d-e_f"];
        string[] invalid = ["", " ", "\u3000 \t", "a\nb", "\u0001", "ends\u007f", "\ud83d", "a \udc36 b"];

        foreach (var text in valid)
        {
            ImagePlanner.Check(Request with { IdempotencyKey = text, Tag = text }, ModelScope.BuiltIn);
        }

        ImagePlanner.Check(Request with { IdempotencyKey = new string('k', 200), Tag = new string('t', 64) }, ModelScope.BuiltIn);
        foreach (var text in invalid)
        {
            AssertRefused("idempotency_key", 200, text, null);
            AssertRefused("tag", 64, text, null);
        }

        AssertRefused("idempotency_key", 200, new string('\n', 200), null);
        AssertRefused("tag", 64, new string('\n', 64), null);
        AssertRefused("idempotency_key", 200, new string('k', 201), " It has 201 characters. Use a shorter name or a hash.");
        AssertRefused("tag", 64, new string('t', 65), " It has 65 characters. Use a short name, such as that of a project.");

        static void AssertRefused(string parameter, int most, string text, string? advice)
        {
            var error = Error(parameter == "tag" ? Request with { Tag = text } : Request with { IdempotencyKey = text });
            Assert.Equal(parameter, error.ParameterName);
            Assert.EndsWith(
                $" is not valid. It must have 1 to {most} characters, must not consist only of white space, and must not contain "
                    + $"control characters or half of a surrogate pair.{advice} Nothing was submitted.",
                error.Message,
                StringComparison.Ordinal);
        }
    }

    private static ImaException Error(ImageRequest request) =>
        Assert.Throws<ImaException>(() => ImagePlanner.Check(request, ModelScope.BuiltIn));
}
