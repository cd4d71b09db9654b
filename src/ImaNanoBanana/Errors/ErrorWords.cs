using ImaNanoBanana.Json;

namespace ImaNanoBanana.Errors;

/// <summary>Contains the words by which the enums of errors are stored.</summary>
internal static class ErrorWords
{
    public static readonly EnumWords<ImaErrorKind> Kinds = new(
        (ImaErrorKind.InvalidRequest, "invalid_request"),
        (ImaErrorKind.BudgetExceeded, "budget_exceeded"),
        (ImaErrorKind.PriceChanged, "price_changed"),
        (ImaErrorKind.IdempotencyKeyConflict, "idempotency_key_conflict"),
        (ImaErrorKind.CatalogUnavailable, "catalog_unavailable"),
        (ImaErrorKind.UploadFailed, "upload_failed"),
        (ImaErrorKind.NotSent, "not_sent"),
        (ImaErrorKind.RateLimited, "rate_limited"),
        (ImaErrorKind.Unauthorized, "unauthorized"),
        (ImaErrorKind.InsufficientCredits, "insufficient_credits"),
        (ImaErrorKind.Rejected, "rejected"),
        (ImaErrorKind.OutcomeUnknown, "outcome_unknown"),
        (ImaErrorKind.TaskFailed, "task_failed"),
        (ImaErrorKind.TimedOut, "timed_out"),
        (ImaErrorKind.WatchFailed, "watch_failed"),
        (ImaErrorKind.TaskNotFound, "task_not_found"),
        (ImaErrorKind.DownloadFailed, "download_failed"));

    public static readonly EnumWords<ImaChargeStatus> ChargeStatuses = new(
        (ImaChargeStatus.NotCharged, "not_charged"), (ImaChargeStatus.Charged, "charged"), (ImaChargeStatus.Unknown, "unknown"));

    public static readonly EnumWords<ImaInvalidRequestReason> Reasons = new(
        (ImaInvalidRequestReason.Model, "model"),
        (ImaInvalidRequestReason.ModelVersion, "model_version"),
        (ImaInvalidRequestReason.Prompt, "prompt"),
        (ImaInvalidRequestReason.Size, "size"),
        (ImaInvalidRequestReason.AspectRatio, "aspect_ratio"),
        (ImaInvalidRequestReason.Count, "count"),
        (ImaInvalidRequestReason.Parameter, "parameter"),
        (ImaInvalidRequestReason.Mapping, "mapping"),
        (ImaInvalidRequestReason.Price, "price"),
        (ImaInvalidRequestReason.NotAvailable, "not_available"),
        (ImaInvalidRequestReason.Images, "images"),
        (ImaInvalidRequestReason.IdempotencyKey, "idempotency_key"),
        (ImaInvalidRequestReason.Phrase, "phrase"));

    /// <summary>The causes that concern source images; no other cause is stored.</summary>
    public static readonly EnumWords<AdviceCause> ImageCauses = new(
        (AdviceCause.Images, "images"),
        (AdviceCause.NoImage, "no_image"),
        (AdviceCause.ImageAddress, "image_address"),
        (AdviceCause.ImageFile, "image_file"),
        (AdviceCause.ImageFormat, "image_format"));
}
