namespace ImaNanoBanana;

/// <summary>Which rule refused a request before anything was ordered (wire contract, careful client, section 1).</summary>
public enum ImaInvalidRequestReason
{
    /// <summary>The model is not one of the two that this SDK is for.</summary>
    Model,

    /// <summary>The product list does not offer the model, or not in this version.</summary>
    ModelVersion,

    /// <summary>The prompt is empty.</summary>
    Prompt,

    /// <summary>The size is not offered, or two different ones were given.</summary>
    Size,

    /// <summary>The ratio is not offered, or two different ones were given.</summary>
    AspectRatio,

    /// <summary>The number of images is not a whole number of 1 or more, or two different ones were given.</summary>
    Count,

    /// <summary>Another parameter is not offered, is given twice, or is one that the SDK sets itself.</summary>
    Parameter,

    /// <summary>The product list has no value for this combination of parameters.</summary>
    Mapping,

    /// <summary>The product list has no price for these parameters.</summary>
    Price,

    /// <summary>The product list has a price that cannot be ordered, or none at all.</summary>
    NotSellable,

    /// <summary>The images to work from: too few, too many, none of the kind that can be used.</summary>
    Images,

    /// <summary>The idempotency key is empty, too long or holds control characters.</summary>
    IdempotencyKey,

    /// <summary>Words for a choice (<see cref="ImageChoice"/>) that are not known.</summary>
    Phrase,
}
