namespace OpenEntropy.Pqc.MlDsa;

/// <summary>Products of polynomials and vectors: FIPS 204, 7.6. No branch and no address depends on a coefficient.</summary>
internal static class PolynomialVector
{
    private const int Size = NumberTheoreticTransform.Size;

    /// <summary>The polynomial at an index of a vector.</summary>
    public static Span<int> At(Span<int> vector, int index) => vector.Slice(index * Size, Size);

    /// <inheritdoc cref="At(Span{int}, int)"/>
    public static ReadOnlySpan<int> At(ReadOnlySpan<int> vector, int index) => vector.Slice(index * Size, Size);

    /// <summary>Transforms every polynomial of a vector in place.</summary>
    /// <param name="vector">Coefficients between -q and q; afterwards between -9·q and 9·q.</param>
    public static void Transform(Span<int> vector)
    {
        for (; !vector.IsEmpty; vector = vector[Size..])
            NumberTheoreticTransform.Forward(vector);
    }

    /// <summary>Algorithm 45, MultiplyNTT, times 2^-32.</summary>
    /// <param name="a">256 coefficients; with those of <paramref name="b"/> below 9·q.</param>
    /// <param name="b">256 coefficients.</param>
    /// <param name="product">256 coefficients between -q and q.</param>
    public static void Multiply(ReadOnlySpan<int> a, ReadOnlySpan<int> b, Span<int> product)
    {
        a = a[..Size];
        b = b[..Size];
        product = product[..Size];
        for (var j = 0; j < product.Length; j++)
            product[j] = ModQ.Multiply(a[j], b[j]);
    }

    /// <summary>Algorithm 48, MatrixVectorNTT, one row of it, times 2^-32.</summary>
    /// <param name="row">The polynomials of the row, coefficients between -q and q.</param>
    /// <param name="vector">As many, transformed.</param>
    /// <param name="product">256 coefficients between -7·q and 7·q.</param>
    public static void MultiplyRow(ReadOnlySpan<int> row, ReadOnlySpan<int> vector, Span<int> product)
    {
        product = product[..Size];
        Multiply(row, vector, product);
        for (var column = 1; column < row.Length / Size; column++)
        {
            var a = At(row, column);
            var b = At(vector, column);
            for (var j = 0; j < product.Length; j++)
                product[j] += ModQ.Multiply(a[j], b[j]);
        }
    }

    /// <summary>The product of a matrix and a vector, transformed back.</summary>
    /// <param name="matrix">Rows, transformed.</param>
    /// <param name="vector">One polynomial for each column, transformed.</param>
    /// <param name="product">One polynomial for each row, coefficients between -q and q.</param>
    public static void MultiplyMatrix(ReadOnlySpan<int> matrix, ReadOnlySpan<int> vector, Span<int> product)
    {
        for (var row = 0; row < product.Length / Size; row++)
        {
            var polynomial = At(product, row);
            MultiplyRow(matrix.Slice(row * vector.Length, vector.Length), vector, polynomial);
            NumberTheoreticTransform.Inverse(polynomial);
        }
    }

    /// <summary>All bits one where a coefficient's absolute value reaches the bound, else zero; every coefficient is looked at.</summary>
    /// <param name="vector">Coefficients mod± q.</param>
    /// <param name="bound">From 1.</param>
    public static int MaskOfAtLeast(ReadOnlySpan<int> vector, int bound)
    {
        var mask = 0;
        foreach (var coefficient in vector)
            mask |= ModQ.MaskOfAtLeast(coefficient, bound);
        return mask;
    }
}
