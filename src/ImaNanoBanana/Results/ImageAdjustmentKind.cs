namespace ImaNanoBanana;

/// <summary>What the SDK changed about a request.</summary>
public enum ImageAdjustmentKind
{
    /// <summary>8K is not offered; 4K was ordered.</summary>
    Size8KTo4K,

    /// <summary>
    /// The service could not make the size, and a smaller one was ordered, as <see cref="ImageRequest.AllowSmallerSize"/>
    /// allowed.
    /// </summary>
    SizeReduced,

    /// <summary>
    /// The price had fallen when the order was placed; the lower one was ordered. The parameter is <c>credit</c>, for one
    /// image.
    /// </summary>
    PriceLowered,

    /// <summary>
    /// The price had risen within <see cref="ImageRequest.MaxCredits"/>, and the call had shown no price before. The parameter
    /// is <c>credit</c>, for one image.
    /// </summary>
    PriceRaised,

    /// <summary>The product list had changed, and the order says something else than first planned.</summary>
    ParameterRefreshed,
}
