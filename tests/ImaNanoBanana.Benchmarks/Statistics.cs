namespace ImaNanoBanana.Benchmarks;

/// <summary>Figures from many short rounds, which the noise of a machine affects little.</summary>
internal static class Statistics
{
    public static double Median(IEnumerable<double> values) => Percentile(values, 0.5);

    /// <param name="values">At least one.</param>
    /// <param name="part">From 0 to 1.</param>
    public static double Percentile(IEnumerable<double> values, double part)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Round((sorted.Length - 1) * part)];
    }

    /// <summary>How much y grows with x, by least squares.</summary>
    public static double Slope(IReadOnlyList<(double X, double Y)> points)
    {
        var x = points.Average(point => point.X);
        var y = points.Average(point => point.Y);
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }
}
