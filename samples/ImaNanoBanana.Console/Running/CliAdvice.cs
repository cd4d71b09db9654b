using ImaNanoBanana.Cli.Output;

namespace ImaNanoBanana.Cli.Running;

/// <summary>Suggests what to do after an error. Names the options of this program where the SDK speaks to users of any app. Pure.</summary>
internal static class CliAdvice
{
    private const string BatchCommand = "batch";

    /// <param name="error">The error.</param>
    /// <param name="advice">The advice of the SDK.</param>
    /// <param name="command">The name of the command that was run.</param>
    /// <param name="say">The language.</param>
    public static string Suggestion(ImaException error, ImaAdvice advice, string command, Wording say) => error.Kind switch
    {
        ImaErrorKind.BudgetExceeded when command == BatchCommand => say[
            "Raise --budget or the max_credits of the line, or choose a smaller size or the cheaper model",
            "提高 --budget 或该行的 max_credits，或选择更小的尺寸、更便宜的模型"],
        ImaErrorKind.BudgetExceeded => say[
            "Raise --max-credits, or choose a smaller size or the cheaper model", "提高 --max-credits，或选择更小的尺寸、更便宜的模型"],
        ImaErrorKind.IdempotencyKeyConflict when command != BatchCommand => say[
            "Use another --idempotency-key for a new image", "如需新图片，请使用其他 --idempotency-key"],
        ImaErrorKind.CatalogUnavailable when advice.Suggestion.Length == 0 => say[
            "Try again in a few minutes. `ima doctor` checks the key and the connection", "几分钟后再试。`ima doctor` 可检查密钥和连接"],
        ImaErrorKind.InvalidRequest => ForInvalidRequest(error, advice, command, say),
        _ => advice.Suggestion,
    };

    private static string ForInvalidRequest(ImaException error, ImaAdvice advice, string command, Wording say) =>
        error.InvalidRequestReason switch
        {
            ImaInvalidRequestReason.Prompt when command is "generate" or "edit" => say[
                $"Describe the image in quotation marks: ima {command} \"a puppy\"", $"在引号中描述图片：ima {command} \"一只小狗\""],
            ImaInvalidRequestReason.Parameter when error is { AllowedValues: [var meant], ParameterName: { } name } =>
                say[$"Write '{meant}' instead of '{name}'", $"将“{name}”改为“{meant}”"],
            ImaInvalidRequestReason.Model => say[
                "Use Nano Banana 2 or Nano Banana Pro. Newer models: list their ids in IMA_ADDITIONAL_MODELS",
                "使用 Nano Banana 2 或 Nano Banana Pro。更新的模型：在 IMA_ADDITIONAL_MODELS 中列出其 ID"],
            _ => advice.Suggestion,
        };
}
