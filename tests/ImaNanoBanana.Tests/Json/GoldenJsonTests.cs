using System.Text.Json;

namespace ImaNanoBanana.Tests.Json;

/// <summary>The exact JSON of each type. Other programs and stored texts depend on it: members are only added.</summary>
public class GoldenJsonTests
{
    private const string Adjustment = """{"kind":"size_8k_to_4k","parameter":"size","from":"8K","to":"4K"}""";

    private const string Failure = """{"reason":"moderation","is_deleted":true}""";

    private const string Image = """{"url":"https://images.example/1.png?a=%2B","cover_url":"https://images.example/1-small.png","width":1024,"height":576,"format":"png","requested_aspect_ratio":"16:9","requested_size":"1K"}""";

    private const string Handle = """{"v":1,"id":"task_1","model":"gemini-3.1-flash-image","credits_per_image":6,"count":2,"idempotency_key":"order-1"}""";

    private const string Result = $$"""{"v":1,"task":{{Handle}},"images":[{{Image}}],"failures":[{{Failure}}],"missing_count":1,"elapsed":31.25}""";

    private const string Request = """{"v":1,"prompt":"a cat","model":"gemini-3-pro-image","model_version":"pro-v1","size":"4K","aspect_ratio":"16:9","count":2,"images":[{"url":"https://images.example/source.png"}],"task_type":"image_to_image","parameters":{"seed":7,"style":{"name":"ink"}},"max_credits":36.5,"allow_smaller_size":true,"idempotency_key":"order-1","tag":"team-a","language":"zh"}""";

    private const string Quote = $$"""{"v":1,"task_type":"text_to_image","model":"gemini-3.1-flash-image","model_name":"Nano Banana 2","model_version":"flash-v1","size":"4K","aspect_ratio":"1:1","count":2,"credits_per_image":6.5,"min_expected_duration":20,"max_expected_duration":35,"adjustments":[{{Adjustment}}]}""";

    private const string Error = $$"""{"kind":"invalid_request","message":"The size is not offered.","code":400,"service_message":"bad size","retry_after":1.5,"allowed_credits":6,"required_credits":12,"adjustments":[{{Adjustment}}],"invalid_request_reason":"aspect_ratio","image_cause":"image_format","allowed_values":["1K","2K"],"parameter_name":"size","task":{{Handle}},"idempotency_key":"order-1","ready_images":[{{Image}}],"failures":[{{Failure}}]}""";

    private const string Cancellation = $$"""{"charge_status":"charged","message":"Cancelled.","task":{{Handle}},"idempotency_key":"order-1"}""";

    private const string Progress = $$"""{"v":1,"stage":"generating","task":{{Handle}},"credits":12,"adjustments":[{{Adjustment}}],"elapsed":12,"percent":34,"poll_after":2.25,"ready_images":[{{Image}}],"result":{{Result}},"error":{{Error}}}""";

    private const string Outcome = $$"""{"v":1,"idempotency_key":"order-1","request":{{Request}},"number":3,"cancellation":{{Cancellation}}}""";

    [Fact]
    public void Full_values_have_this_json()
    {
        Check(Adjustment, FullValues.Adjustment);
        Check(Failure, FullValues.Failure);
        Check(Image, FullValues.Image);
        Check(Handle, FullValues.Task);
        Check(Result, FullValues.Result);
        Check("""{"url":"https://images.example/source.png"}""", FullValues.Input);
        Check(Request, FullValues.Request);
        Check(Quote, FullValues.Quote);
        Check(Error, FullValues.Error);
        Check(Cancellation, FullValues.Cancellation);
        Check(Progress, FullValues.Progress);
        Check(Outcome, FullValues.Outcome);
        Check("\"gemini-3-pro-image\"", ImageModel.NanoBananaPro);
        Check("\"4K\"", ImageSize.Size4K);
        Check("\"16:9\"", AspectRatio.Landscape16x9);
        Check("\"image_to_image\"", ImageTaskType.ImageToImage);
        Check("\"zh\"", ImaLanguage.Chinese);
    }

    [Fact]
    public void Small_values_have_this_json()
    {
        Check("""{"v":1,"prompt":"a cat"}""", new ImageRequest("a cat"));
        Check("""{"v":1,"stage":"preparing","elapsed":0}""", new ImageProgress(ImageStage.Preparing));
        Check("""{"v":1,"idempotency_key":"order-1"}""", new ImageOutcome("order-1"));
        Check("""{"kind":"timed_out","message":"Late."}""", new ImaException(ImaErrorKind.TimedOut, "Late."));
        Check("""{"url":"https://a.example/1.png"}""", new GeneratedImage(new Uri("https://a.example/1.png")));
        Check("""{"reason":"moderation"}""", new ImageFailure("moderation", IsDeleted: false));
    }

    /// <summary>An app may declare the value as an object, for example in a log.</summary>
    [Fact]
    public void Json_does_not_depend_on_the_declared_type()
    {
        Assert.Equal("""{"url":"https://images.example/source.png"}""", JsonSerializer.Serialize<object>(FullValues.Input));
        Assert.Equal(Request, JsonSerializer.Serialize<object>(FullValues.Request));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize<object>(ImageInput.FromFile("/home/me/secret.png")));
    }

    /// <summary>Inner exceptions and data were written by other code. They may contain anything, even the key.</summary>
    [Fact]
    public void Inner_exceptions_and_data_are_left_out()
    {
        const string Key = "ima_0123456789abcdef";
        var error = new ImaException(ImaErrorKind.NotSent, "Not sent.", new InvalidOperationException(Key)) { Data = { [Key] = Key } };
        var cancellation = new ImageGenerationCanceledException(ImaChargeStatus.Unknown, "Cancelled.", error) { Data = { [Key] = Key } };
        var (one, other) = (new ImageOutcome("a") { Error = error }, new ImageOutcome("b") { Cancellation = cancellation });

        var json = JsonSerializer.Serialize<ImageOutcome[]>([one, other]);

        Assert.DoesNotContain("0123456789abcdef", json, StringComparison.Ordinal);
        Assert.All(
            JsonSerializer.Deserialize<ImageOutcome[]>(json)!,
            outcome => Assert.Null(((Exception?)outcome.Error ?? outcome.Cancellation)!.InnerException));
    }

    [Fact]
    public void Error_that_is_read_gives_the_same_advice()
    {
        var read = JsonSerializer.Deserialize<ImaException>(Error)!;

        Assert.Equal(FullValues.Error.GetAdvice(ImaLanguage.English), read.GetAdvice(ImaLanguage.English));
        Assert.Equal(
            (FullValues.Error.ChargeStatus, FullValues.Error.RetryGuidance, FullValues.Error.ImageCause),
            (read.ChargeStatus, read.RetryGuidance, read.ImageCause));
    }

    [Fact]
    public void Parts_of_an_app_s_type_are_written_with_the_app_s_own_names()
    {
        var json = JsonSerializer.Serialize(new Job("7", FullValues.Request), JsonSerializerOptions.Web);

        Assert.Equal($$"""{"jobId":"7","request":{{Request}}}""", json);
        Assert.Equal(Facts.Of(FullValues.Request), Facts.Of(JsonSerializer.Deserialize<Job>(json, JsonSerializerOptions.Web)!.Request));
    }

    /// <summary>The converters are public, and an app may add them to its options.</summary>
    [Fact]
    public void Converters_in_the_options_of_an_app_convert_nothing_but_the_types_of_the_sdk()
    {
        var options = new JsonSerializerOptions
        {
            Converters =
            {
                new ImageQuoteJsonConverter(), new ImageRequestsJsonConverter(), new ImageResultsJsonConverter(),
                new ImageValuesJsonConverter(), new ImageErrorsJsonConverter(), new ImageOutcomesJsonConverter(),
            },
        };

        Assert.Equal(Quote, JsonSerializer.Serialize(FullValues.Quote, options));
        Assert.Equal(Request, JsonSerializer.Serialize(FullValues.Request, options));
        Assert.Equal($$"""{"JobId":"7","Request":{{Request}}}""", JsonSerializer.Serialize(new Job("7", FullValues.Request), options));
        Assert.Equal("""["a",1]""", JsonSerializer.Serialize(new object[] { "a", 1 }, options));
    }

    private static void Check<T>(string json, T value)
    {
        Assert.Equal(json, JsonSerializer.Serialize(value));
        Assert.Equal(Facts.Of(value), Facts.Of(JsonSerializer.Deserialize<T>(json)));
    }

    private sealed record Job(string JobId, ImageRequest Request);
}
