namespace VrrpPS.Bench.Cases;

/// <summary>A point of a curve.</summary>
/// <param name="Plot">The plot's file, without its ending.</param>
/// <param name="Title">The plot's title.</param>
/// <param name="Unit">What the size counts.</param>
/// <param name="Size">The size.</param>
/// <param name="Key">The value of the samples that is drawn; their median.</param>
/// <param name="Measure">Its name and unit.</param>
internal sealed record Growth(string Plot, string Title, string Unit, int Size, string Key, string Measure);
