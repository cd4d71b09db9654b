namespace ImaNanoBanana;

/// <summary>Specifies what the SDK changed in a request.</summary>
public enum ImageAdjustmentKind
{
    /// <summary>The service does not offer 8K, so 4K was submitted.</summary>
    Size8KTo4K,

    /// <summary>
    /// The service could not make the requested size, so a smaller one was submitted, as allowed by
    /// <see cref="ImageRequest.AllowSmallerSize"/>.
    /// </summary>
    SizeReduced,

    /// <summary>
    /// The price had fallen by the time of the submission, so the lower price was submitted. The parameter is <c>credit</c>,
    /// the price of one image.
    /// </summary>
    PriceLowered,

    /// <summary>
    /// The price had risen but stayed within <see cref="ImageRequest.MaxCredits"/>, and the call had not shown a price before.
    /// The parameter is <c>credit</c>, the price of one image.
    /// </summary>
    PriceRaised,

    /// <summary>The product list had changed, so the submission differs from the one that was planned first.</summary>
    ParameterRefreshed,
}
