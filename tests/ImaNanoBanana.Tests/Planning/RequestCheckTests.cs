using ImaNanoBanana.Catalog;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>Requests that are rejected without the product list.</summary>
public class RequestCheckTests
{
    private static readonly ImageRequest Request = new("a puppy");

    [Theory]
    [InlineData("Nano Banana Pro", "ImageModel.NanoBananaPro, or ImageChoice.Parse")]
    [InlineData("nano-banana-pro", "ImageModel.NanoBananaPro, or ImageChoice.Parse")]
    [InlineData("NB2", "ImageModel.NanoBanana2, or ImageChoice.Parse")]
    [InlineData("Nano Banana", "ImageModel.NanoBanana2, or ImageChoice.Parse")]
    [InlineData("midjourney", null)]
    public void Name_of_a_model_is_answered_with_its_member(string id, string? hint)
    {
        var error = Error(Request with { Model = new ImageModel(id) });

        Assert.Equal(ImaInvalidRequestReason.Model, error.InvalidRequestReason);
        Assert.Contains(hint ?? "Use one of: gemini", error.Message, StringComparison.Ordinal);
        Assert.Equal(hint is not null, error.Message.Contains("ImageChoice", StringComparison.Ordinal));
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

    private static ImaException Error(ImageRequest request) =>
        Assert.Throws<ImaException>(() => ImagePlanner.Check(request, ModelScope.BuiltIn));
}
