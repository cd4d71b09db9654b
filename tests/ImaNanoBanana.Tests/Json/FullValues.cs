namespace ImaNanoBanana.Tests.Json;

/// <summary>One value of each type with every member set.</summary>
internal static class FullValues
{
    public static readonly ImageAdjustment Adjustment = new(ImageAdjustmentKind.Size8KTo4K, "size", "8K", "4K");

    public static readonly ImageFailure Failure = new("moderation", IsDeleted: true);

    public static readonly GeneratedImage Image = new(new Uri("https://images.example/1.png?a=%2B"))
    {
        CoverUrl = new Uri("https://images.example/1-small.png"),
        Width = 1024,
        Height = 576,
        Format = "png",
        RequestedAspectRatio = AspectRatio.Landscape16x9,
        RequestedSize = ImageSize.Size1K,
    };

    public static readonly ImageTask Task = new("task_1")
    {
        Model = ImageModel.NanoBanana2,
        CreditsPerImage = 6,
        Count = 2,
        IdempotencyKey = "order-1",
    };

    public static readonly ImageResult Result = new(Task, [Image])
    {
        Failures = [Failure],
        MissingCount = 1,
        Elapsed = TimeSpan.FromSeconds(31.25),
    };

    public static readonly ImageInput Input = ImageInput.FromUrl("https://images.example/source.png");

    public static readonly ImageRequest Request = new("a cat")
    {
        Model = ImageModel.NanoBananaPro,
        ModelVersion = "pro-v1",
        Size = ImageSize.Size4K,
        AspectRatio = AspectRatio.Landscape16x9,
        Count = 2,
        Images = [Input],
        TaskType = ImageTaskType.ImageToImage,
        Parameters = ImageParameters.Parse("""{"seed":7,"style":{"name":"ink"}}"""),
        MaxCredits = 36.5m,
        AllowSmallerSize = true,
        IdempotencyKey = "order-1",
        Tag = "team-a",
        Language = ImaLanguage.Chinese,
    };

    public static readonly ImageQuote Quote = new()
    {
        TaskType = ImageTaskType.TextToImage,
        Model = ImageModel.NanoBanana2,
        ModelName = "Nano Banana 2",
        ModelVersion = "flash-v1",
        Size = ImageSize.Size4K,
        AspectRatio = AspectRatio.Square1x1,
        Count = 2,
        CreditsPerImage = 6.5m,
        MinExpectedDuration = TimeSpan.FromSeconds(20),
        MaxExpectedDuration = TimeSpan.FromSeconds(35),
        Adjustments = [Adjustment],
    };

    public static readonly ImaException Error = new(ImaErrorKind.InvalidRequest, "The size is not offered.", new IOException("secret"))
    {
        Code = 400,
        ServiceMessage = "bad size",
        RetryAfter = TimeSpan.FromSeconds(1.5),
        AllowedCredits = 6,
        RequiredCredits = 12,
        Adjustments = [Adjustment],
        InvalidRequestReason = ImaInvalidRequestReason.AspectRatio,
        ImageCause = ImaNanoBanana.Errors.AdviceCause.ImageFormat,
        AllowedValues = ["1K", "2K"],
        ParameterName = "size",
        Task = Task,
        IdempotencyKey = "order-1",
        ReadyImages = [Image],
        Failures = [Failure],
    };

    public static readonly ImageGenerationCanceledException Cancellation =
        new(ImaChargeStatus.Charged, "Cancelled.", new IOException("secret")) { Task = Task, IdempotencyKey = "order-1" };

    public static readonly ImageProgress Progress = new(ImageStage.Generating)
    {
        Task = Task,
        Credits = 12,
        Adjustments = [Adjustment],
        Elapsed = TimeSpan.FromSeconds(12),
        Percent = 34,
        PollAfter = TimeSpan.FromSeconds(2.25),
        ReadyImages = [Image],
        Result = Result,
        Error = Error,
    };

    public static readonly ImageOutcome Outcome = new("order-1") { Request = Request, Number = 3, Cancellation = Cancellation };
}
