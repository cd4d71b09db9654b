using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImaNanoBanana.Tests.Json;

/// <summary>JSON that is not read, because a part would be lost, and values that are not written.</summary>
public class RefusedJsonTests
{
    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("\"a cat\"")]
    [InlineData("{}")]
    [InlineData("""{"prompt":null}""")]
    [InlineData("""{"prompt":7}""")]
    [InlineData("""{"Prompt":"a cat"}""")]
    [InlineData("""{"prompt":"\ud800"}""")]
    [InlineData("""{"prompt":"a","v":"x"}""")]
    [InlineData("""{"prompt":"a","model":7}""")]
    [InlineData("""{"prompt":"a","model":{"id":"gemini-3-pro-image"}}""")]
    [InlineData("""{"prompt":"a","model_version":1}""")]
    [InlineData("""{"prompt":"a","size":4}""")]
    [InlineData("""{"prompt":"a","aspect_ratio":[16,9]}""")]
    [InlineData("""{"prompt":"a","count":"2"}""")]
    [InlineData("""{"prompt":"a","count":2.5}""")]
    [InlineData("""{"prompt":"a","images":"https://images.example/1.png"}""")]
    [InlineData("""{"prompt":"a","images":["https://images.example/1.png"]}""")]
    [InlineData("""{"prompt":"a","images":[null]}""")]
    [InlineData("""{"prompt":"a","images":[{}]}""")]
    [InlineData("""{"prompt":"a","images":[{"url":null}]}""")]
    [InlineData("""{"prompt":"a","task_type":true}""")]
    [InlineData("""{"prompt":"a","parameters":[]}""")]
    [InlineData("""{"prompt":"a","parameters":{"seed":1,"seed":2}}""")]
    [InlineData("""{"prompt":"a","max_credits":"5"}""")]
    [InlineData("""{"prompt":"a","max_credits":{}}""")]
    [InlineData("""{"prompt":"a","max_credits":1e99}""")]
    [InlineData("""{"prompt":"a","max_credits":5,"max_credits":500}""")]
    [InlineData("""{"prompt":"a","allow_smaller_size":"false"}""")]
    [InlineData("""{"prompt":"a","idempotency_key":4711}""")]
    [InlineData("""{"prompt":"a","language":""}""")]
    [InlineData("""{"prompt":"a","language":"e\n"}""")]
    public void Request_is_never_read_in_part(string json) => Assert.All(
        AppOptions.All, options => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ImageRequest>(json, options)));

    [Fact]
    public void Member_of_another_kind_of_value_is_refused()
    {
        Check(FullValues.Adjustment);
        Check(FullValues.Failure);
        Check(FullValues.Image);
        Check(FullValues.Result);
        Check(FullValues.Input);
        Check(FullValues.Request);
        Check(FullValues.Quote);
        Check(FullValues.Error);
        Check(FullValues.Cancellation);
        Check(FullValues.Progress);
        Check(FullValues.Outcome);

        static void Check<T>(T value)
        {
            foreach (var (name, _) in JsonSerializer.SerializeToNode(value)!.AsObject())
            {
                var changed = JsonSerializer.SerializeToNode(value)!.AsObject();
                changed[name] = changed[name] is JsonArray ? new JsonObject() : new JsonArray(1);
                Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<T>(changed.ToJsonString()));
            }
        }
    }

    [Theory]
    [InlineData(typeof(ImageTask), """{"v":1}""")]
    [InlineData(typeof(ImageTask), "\"task_1\"")]
    [InlineData(typeof(ImageResult), """{"task":{"id":"task_1"}}""")]
    [InlineData(typeof(ImageResult), """{"task":{"id":"task_1"},"images":[null]}""")]
    [InlineData(typeof(ImageResult), """{"task":{},"images":[]}""")]
    [InlineData(typeof(ImageProgress), """{"v":1}""")]
    [InlineData(typeof(ImageOutcome), """{"v":1}""")]
    [InlineData(typeof(ImaException), """{"message":"a"}""")]
    [InlineData(typeof(ImageGenerationCanceledException), """{"message":"a"}""")]
    [InlineData(typeof(ImageAdjustment), """{"kind":"price_raised"}""")]
    [InlineData(typeof(GeneratedImage), """{"width":1}""")]
    [InlineData(typeof(ImageProgress), """{"stage":"preparing","elapsed":1e30}""")]
    [InlineData(typeof(ImageModel), "null")]
    [InlineData(typeof(ImageSize), "1")]
    [InlineData(typeof(ImaLanguage), "\"\"")]
    public void Value_without_what_it_needs_is_refused(Type type, string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, type));

    [Fact]
    public void Word_of_a_future_version_has_the_most_careful_meaning()
    {
        Assert.Equal(ImaErrorKind.OutcomeUnknown, Read<ImaException>("""{"kind":"later","message":"a"}""").Kind);
        Assert.Null(Read<ImaException>("""{"kind":"rejected","message":"a","invalid_request_reason":"later"}""").InvalidRequestReason);
        Assert.Equal(
            ImaChargeStatus.Unknown, Read<ImageGenerationCanceledException>("""{"charge_status":"later","message":"a"}""").ChargeStatus);
        Assert.Equal(ImageStage.Generating, Read<ImageProgress>("""{"stage":"later"}""").Stage);
        Assert.Empty(
            Read<ImageProgress>("""{"stage":"later","adjustments":[{"kind":"later","parameter":"a","from":"b","to":"c"}]}""").Adjustments);
        Assert.Equal(
            new ImageAdjustment(ImageAdjustmentKind.ParameterRefreshed, "a", "b", "c"),
            Read<ImageAdjustment>("""{"kind":"later","parameter":"a","from":"b","to":"c"}"""));
    }

    [Fact]
    public void Local_image_is_not_written()
    {
        using var stream = new MemoryStream([1]);
        ImageInput[] local = [ImageInput.FromFile("cat.png"), ImageInput.FromBytes([1, 2]), ImageInput.FromStream(stream)];

        Assert.All(local, image =>
        {
            foreach (var options in AppOptions.All)
            {
                var ofImage = Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(image, options));
                var ofRequest = Assert.Throws<NotSupportedException>(
                    () => JsonSerializer.Serialize(new ImageRequest("a cat") { Images = [FullValues.Input, image] }, options));
                Assert.All(
                    [ofImage, ofRequest],
                    error => Assert.Contains("Upload it first with UploadAsync", error.Message, StringComparison.Ordinal));
            }
        });
    }

    [Fact]
    public void Budget_is_not_lost()
    {
        var request = new ImageRequest("a cat") { Budget = new CreditBudget(5) };

        var error = Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(request));

        Assert.Contains("Set Budget to null", error.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(new ImageRequest("a") { BatchBudget = new CreditBudget(5) }));
    }

    /// <summary>Such a request is rejected. The one that would be read is not, and would be charged.</summary>
    [Fact]
    public void Text_that_json_would_change_is_not_written()
    {
        ImageRequest[] requests =
        [
            new("a \ud800 cat"), new("a cat") { IdempotencyKey = "\udc00" },
            new("a cat") { Parameters = ImageParameters.Parse("""{"seed":"\ud800"}""") }, new("a cat") { Images = null! },
        ];

        Assert.All(requests, request => Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(request)));
    }

    [Fact]
    public void Outcome_is_written_without_a_request_that_cannot_be_written()
    {
        ImageRequest[] requests =
        [
            new("a") { Images = [ImageInput.FromBytes([1])] }, new("a") { Budget = new CreditBudget(5) }, new("\ud800"),
            new("a") { Images = [null!] }, new(null!), new("a") { Parameters = null! },
        ];

        Assert.All(requests, request => Assert.Equal(
            """{"v":1,"idempotency_key":"order-1","number":1}""",
            JsonSerializer.Serialize(new ImageOutcome("order-1") { Request = request, Number = 1 })));
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json)!;
}
