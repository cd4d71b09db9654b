namespace ImaNanoBanana;

/// <summary>Specifies the rule that rejected a request before anything was submitted.</summary>
public enum ImaInvalidRequestReason
{
    /// <summary>The model is not one of the two models that this SDK supports.</summary>
    Model,

    /// <summary>The product list does not offer the model or this version of it.</summary>
    ModelVersion,

    /// <summary>The prompt is empty.</summary>
    Prompt,

    /// <summary>The size is not offered, or two different sizes were given.</summary>
    Size,

    /// <summary>The aspect ratio is not offered, or two different aspect ratios were given.</summary>
    AspectRatio,

    /// <summary>The number of images is not a whole number of 1 or more, or two different numbers were given.</summary>
    Count,

    /// <summary>A value of another parameter is not offered, or the parameter is given twice or is set by the SDK itself.</summary>
    Parameter,

    /// <summary>The product list has no value for this combination of parameters.</summary>
    Mapping,

    /// <summary>The product list has no price for these parameters.</summary>
    Price,

    /// <summary>The product list has no price, or only a price that cannot be submitted.</summary>
    NotAvailable,

    /// <summary>There are too few or too many source images, or a source image cannot be used.</summary>
    Images,

    /// <summary>The idempotency key is empty or too long, or contains control characters.</summary>
    IdempotencyKey,

    /// <summary>The words of a choice (<see cref="ImageChoice"/>) are unknown.</summary>
    Phrase,
}
