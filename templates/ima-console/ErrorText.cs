namespace ImaConsoleApp;

/// <summary>Says what went wrong, what was charged and what to do next. Pure.</summary>
internal static class ErrorText
{
    public static string Of(ImaException exception) =>
        $"{exception.Message}\n{Charged(exception.ChargeStatus)} {Next(exception)}";

    public static string Of(ImageGenerationCanceledException exception) => exception.ChargeStatus switch
    {
        ImaChargeStatus.NotCharged => "Canceled. No credits were spent.",
        ImaChargeStatus.Charged => "Canceled. The image was charged. Run the program again: it saves the image at no cost.",
        _ => "Canceled. Credits may have been spent. Run the program again: it submits nothing and shows what became of the image.",
    };

    private static string Charged(ImaChargeStatus status) => status switch
    {
        ImaChargeStatus.NotCharged => "No credits were spent.",
        ImaChargeStatus.Charged => "Credits were spent.",
        _ => "Credits may have been spent.",
    };

    private static string Next(ImaException exception) => exception.RetryGuidance switch
    {
        ImaRetryGuidance.SubmitAgain => "The same request may succeed later.",
        ImaRetryGuidance.ChangeRequest => exception.GetAdvice().Suggestion,
        ImaRetryGuidance.CheckTask when exception.Kind is ImaErrorKind.OutcomeUnknown or ImaErrorKind.TaskNotFound =>
            "Do not submit the image again before you have checked the history of your account.",
        ImaRetryGuidance.CheckTask => "Run the program again: it continues the task at no cost.",
        _ => "Another attempt is charged again.",
    };
}
