using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace ImaNanoBanana.Tests.Json;

/// <summary>Random values of every type that has a JSON.</summary>
public static class RandomValues
{
    private static readonly string[] Texts =
        ["", " ", "a cat", "猫在雨中", "\"quoted\" \\ {}", "émoji 🐈", "line\nbreak", "<b>&amp;</b>", "order-4711", "\u0001"];

    /// <summary>Texts as an exception keeps them.</summary>
    private static readonly string[] Lines = ["", "code 500: oops", "失败", "\"quoted\"", "🐈", "see https://a.example/?..."];

    private static readonly string[] Values = ["1", "-2.5", "\"x\"", "true", "null", "[1,[2]]", """{"a":{"b":null}}"""];

    private static Gen<string> Text => Gen.Elements(Texts);

    private static Gen<string> Line => Gen.Elements(Lines);

    private static Gen<decimal> Credits => Gen.Elements(0m, 6m, 6.5m, 0.1m, 79228162514264337593543950335m, -1m);

    private static Gen<TimeSpan> Time => Gen.Elements(
        TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(2.25), TimeSpan.FromDays(3), TimeSpan.MaxValue, TimeSpan.MinValue);

    private static Gen<Uri> Address => Gen.Elements("https://images.example/1.png?a=%2B&b=ü", "http://a.example", "relative/1.png").Select(
        text => new Uri(text, UriKind.RelativeOrAbsolute));

    public static Arbitrary<ImageModel> Models() => Text.Select(text => new ImageModel(text)).ToArbitrary();

    public static Arbitrary<ImageSize> Sizes() => Text.Select(text => new ImageSize(text)).ToArbitrary();

    public static Arbitrary<AspectRatio> Ratios() => Text.Select(text => new AspectRatio(text)).ToArbitrary();

    public static Arbitrary<ImageTaskType> TaskTypes() => Text.Select(text => new ImageTaskType(text)).ToArbitrary();

    public static Arbitrary<ImaLanguage> Languages() =>
        Gen.Elements("en", "zh", "zh-Hant").Select(code => new ImaLanguage(code)).ToArbitrary();

    public static Arbitrary<ImageAdjustment> Adjustments() => (
        from kind in Gen.Elements(Enum.GetValues<ImageAdjustmentKind>())
        from parameter in Text
        from before in Text
        from after in Text
        select new ImageAdjustment(kind, parameter, before, after)).ToArbitrary();

    public static Arbitrary<ImageFailure> Failures() => (
        from reason in Text
        from isDeleted in Gen.Elements(true, false)
        select new ImageFailure(reason, isDeleted)).ToArbitrary();

    public static Arbitrary<GeneratedImage> Images() => (
        from url in Address
        from cover in Maybe(Address)
        from width in Number(4096)
        from height in Number(4096)
        from format in Maybe(Text)
        from ratio in Value(Ratios().Generator)
        from size in Value(Sizes().Generator)
        select new GeneratedImage(url)
        {
            CoverUrl = cover,
            Width = width,
            Height = height,
            Format = format,
            RequestedAspectRatio = ratio,
            RequestedSize = size,
        }).ToArbitrary();

    /// <summary>Tasks as the SDK creates them: a handle leaves out what is not one of them.</summary>
    public static Arbitrary<ImageTask> Tasks() => (
        from id in Gen.Elements("task_1", "任务")
        from model in Value(Gen.Elements(ImageModel.NanoBanana2, new ImageModel("gemini-9")))
        from count in Gen.Elements<int?>(null, 1, 4)
        from price in Gen.Elements<decimal?>(null, 0m, 6.5m)
        from time in Gen.Elements<TimeSpan?>(null, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(35))
        from key in Gen.Elements(null, "order-1")
        from adjustments in List(Adjustments().Generator)
        select new ImageTask(id)
        {
            Model = model,
            Size = ImageSize.Size2K,
            CreditsPerImage = price,
            Count = count,
            MinExpectedDuration = time,
            CreatedAt = time is null ? null : new DateTimeOffset(2026, 11, 22, 12, 30, 0, TimeSpan.FromHours(8)),
            IdempotencyKey = key,
            Adjustments = adjustments,
        }).ToArbitrary();

    public static Arbitrary<ImageResult> Results() => (
        from task in Tasks().Generator
        from images in List(Images().Generator)
        from failures in List(Failures().Generator)
        from missing in Gen.Choose(0, 3)
        from elapsed in Time
        select new ImageResult(task, images) { Failures = failures, MissingCount = missing, Elapsed = elapsed }).ToArbitrary();

    public static Arbitrary<ImageInput> Inputs() => Text.Select(ImageInput.FromUrl).ToArbitrary();

    public static Arbitrary<ImageRequest> Requests() => (
        from prompt in Text
        from model in Value(Models().Generator)
        from version in Maybe(Text)
        from size in Value(Sizes().Generator)
        from ratio in Value(Ratios().Generator)
        from count in Number(9)
        from images in List(Inputs().Generator)
        from taskType in Value(TaskTypes().Generator)
        from names in List(Gen.Elements("seed", "Seed", "质量", "", "v"))
        from values in Gen.Elements(Values).ArrayOf(5)
        from limit in Value(Credits)
        from smaller in Gen.Elements(true, false)
        from key in Maybe(Text)
        from language in Value(Languages().Generator)
        select new ImageRequest(prompt)
        {
            Model = model,
            ModelVersion = version,
            Size = size,
            AspectRatio = ratio,
            Count = count,
            Images = images,
            TaskType = taskType,
            Parameters = names.Distinct().Zip(values).ToDictionary(pair => pair.First, pair => JsonElement.Parse(pair.Second)),
            MaxCredits = limit,
            AllowSmallerSize = smaller,
            IdempotencyKey = key,
            Tag = key,
            Language = language,
        }).ToArbitrary();

    public static Arbitrary<ImageQuote> Quotes() => (
        from taskType in TaskTypes().Generator
        from model in Models().Generator
        from name in Text
        from size in Value(Sizes().Generator)
        from ratio in Value(Ratios().Generator)
        from count in Gen.Choose(1, 4)
        from price in Gen.Elements(0m, 6m, 6.5m)
        from time in Value(Time)
        from adjustments in List(Adjustments().Generator)
        select new ImageQuote
        {
            TaskType = taskType,
            Model = model,
            ModelName = name,
            ModelVersion = name + "-1",
            Size = size,
            AspectRatio = ratio,
            Count = count,
            CreditsPerImage = price,
            MinExpectedDuration = time,
            MaxExpectedDuration = time,
            Adjustments = adjustments,
        }).ToArbitrary();

    public static Arbitrary<ImaException> Errors() => (
        from kind in Gen.Elements(Enum.GetValues<ImaErrorKind>())
        from message in Line
        from words in Maybe(Line)
        from code in Number(6010)
        from after in Value(Time)
        from credits in Value(Credits)
        from reason in Value(Gen.Elements(Enum.GetValues<ImaInvalidRequestReason>()))
        from allowed in List(Line)
        from adjustments in List(Adjustments().Generator)
        from task in Maybe(Tasks().Generator)
        from images in List(Images().Generator)
        from failures in List(Failures().Generator)
        from key in Maybe(Text)
        select new ImaException(kind, message)
        {
            ServiceMessage = words,
            Code = code,
            RetryAfter = after,
            AllowedCredits = credits,
            RequiredCredits = credits,
            InvalidRequestReason = reason,
            AllowedValues = allowed,
            ParameterName = words,
            Adjustments = adjustments,
            Task = task,
            ReadyImages = images,
            Failures = failures,
            IdempotencyKey = key,
        }).ToArbitrary();

    public static Arbitrary<ImageGenerationCanceledException> Cancellations() => (
        from status in Gen.Elements(Enum.GetValues<ImaChargeStatus>())
        from message in Line
        from task in Maybe(Tasks().Generator)
        from key in Maybe(Text)
        select new ImageGenerationCanceledException(status, message) { Task = task, IdempotencyKey = key }).ToArbitrary();

    public static Arbitrary<ImageProgress> Progress() => (
        from stage in Gen.Elements(Enum.GetValues<ImageStage>())
        from task in Maybe(Tasks().Generator)
        from credits in Value(Credits)
        from adjustments in List(Adjustments().Generator)
        from elapsed in Time
        from percent in Number(100)
        from after in Value(Time)
        from images in List(Images().Generator)
        from result in Maybe(Results().Generator)
        from error in Maybe(Errors().Generator)
        select new ImageProgress(stage)
        {
            Task = task,
            Credits = credits,
            Adjustments = adjustments,
            Elapsed = elapsed,
            Percent = percent,
            PollAfter = after,
            ReadyImages = images,
            Result = result,
            Error = error,
        }).ToArbitrary();

    public static Arbitrary<ImageOutcome> Outcomes() => (
        from key in Text
        from request in Maybe(Requests().Generator)
        from number in Number(100)
        from end in Gen.Choose(0, 2)
        from result in Results().Generator
        from error in Errors().Generator
        from cancellation in Cancellations().Generator
        select new ImageOutcome(key)
        {
            Request = request,
            Number = number,
            Result = end == 0 ? result : null,
            Error = end == 1 ? error : null,
            Cancellation = end == 2 ? cancellation : null,
        }).ToArbitrary();

    private static Gen<T?> Maybe<T>(Gen<T> values)
        where T : class =>
        from there in Gen.Elements(true, false)
        from value in values
        select there ? value : null;

    private static Gen<T?> Value<T>(Gen<T> values)
        where T : struct =>
        from there in Gen.Elements(true, false)
        from value in values
        select there ? value : (T?)null;

    private static Gen<int?> Number(int most) => Value(Gen.Choose(0, most));

    private static Gen<T[]> List<T>(Gen<T> items) => Gen.Choose(0, 2).SelectMany(count => items.ArrayOf(count));
}
